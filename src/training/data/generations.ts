// Folders of the browser's private file system that are replaced whole: each name holds generations and a pointer to the
// committed one. Moving the pointer is the one atomic step, so a kill at any moment leaves the old or the new one whole.
// Knows no file inside.
import { fileOf, removeFolder, writeFile } from "./opfsFiles.ts";

const POINTER = "current"; // names the folder of the committed generation

export interface Generations {
  /** Names with a committed generation, sorted. */
  list(): Promise<readonly string[]>;
  /** @throws DOMException NotFoundError where nothing is committed under the name */
  committed(name: string): Promise<FileSystemDirectoryHandle>;
  /** A new generation, seen under the name at commit; until then the old one can be read. */
  begin(name: string): Promise<Generation>;
  remove(name: string): Promise<void>; // nothing happens if there is none
  /** Removes what killed writers left under every name; nothing where the browser cannot say who is alive. */
  sweep(): Promise<void>;
}

export interface Generation {
  readonly folder: FileSystemDirectoryHandle;
  /** Moves the pointer; the last of several writers wins. */
  commit(): Promise<void>;
  /** Removes what was written; nothing after a commit, and safe to call twice. */
  abort(): Promise<void>;
}

/** The part of the browser's locks that is used: a lock is held for as long as its writer lives. */
export type WriterLocks = Pick<LockManager, "request" | "query">;

/** @param locks left out where there are none, as in Node: then a commit removes the generations of other writers too */
export function openGenerations(
  root: FileSystemDirectoryHandle,
  locks = (globalThis.navigator as { readonly locks?: WriterLocks } | undefined)?.locks,
): Generations {
  const committedName = async (name: string) =>
    (await fileOf(await root.getDirectoryHandle(name), POINTER)).text();
  const committed = async (name: string) =>
    (await root.getDirectoryHandle(name)).getDirectoryHandle(await committedName(name));

  /** All that is neither committed nor being written. The pointer is read last: a writer may commit meanwhile. */
  const sweepName = async (name: string) => {
    const folder = await root.getDirectoryHandle(name);
    const found: string[] = [];
    for await (const entry of folder.keys()) if (entry !== POINTER) found.push(entry);
    const alive = await livingWriters(locks);
    const kept = await committedName(name).catch(() => undefined);
    for (const entry of found) {
      if (entry === kept || alive.has(entry)) continue;
      await folder.removeEntry(entry, { recursive: true }).catch(() => undefined); // another sweeper was first
    }
  };
  return {
    async list() {
      const names: string[] = [];
      for await (const name of root.keys()) {
        const isCommitted = await committed(name).then(
          () => true,
          () => false,
        );
        if (isCommitted) names.push(name);
      }
      return names.sort();
    },
    committed,
    async begin(name) {
      const generation = crypto.randomUUID();
      const release = await holdLock(locks, generation); // first, so that no sweeper finds the folder without it
      const parent = await root.getDirectoryHandle(name, { create: true });
      let isCommitted = false;
      return {
        folder: await parent.getDirectoryHandle(generation, { create: true }),
        async commit() {
          await writeFile(parent, POINTER, new TextEncoder().encode(generation));
          isCommitted = true;
          release();
          await sweepName(name).catch(() => undefined); // it is committed; rubbish goes next time
        },
        async abort() {
          if (isCommitted) return;
          await parent.removeEntry(generation, { recursive: true }).catch(() => undefined); // already gone
          release();
        },
      };
    },
    remove: (name) => removeFolder(root, name),
    async sweep() {
      if (!locks) return;
      const names: string[] = [];
      for await (const name of root.keys()) names.push(name);
      for (const name of names) await sweepName(name).catch(() => undefined); // a courtesy: reading goes on without
    },
  };
}

/** @returns a function that lets the lock go; the browser does so too when the writer's page or worker ends */
function holdLock(locks: WriterLocks | undefined, generation: string): Promise<() => void> {
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    locks.request(generation, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

async function livingWriters(locks: WriterLocks | undefined): Promise<ReadonlySet<string>> {
  const held = (await locks?.query())?.held ?? [];
  return new Set(held.flatMap(({ name }) => name ?? []));
}
