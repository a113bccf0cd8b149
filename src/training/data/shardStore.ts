// Datasets that people drop on the page: kept in the Origin Private File System, or in memory where there is none.
// Text stays on the machine. Works in a worker and in a page; all calls are asynchronous.
import { messageOf } from "../../core/messageOf.ts";
import { MANIFEST_FILE, type Manifest } from "../../core/data/manifest.ts";
import { readManifest, type ShardSink, type ShardSource } from "./shardSource.ts";
import { askFile, askWritable, fileOf } from "./opfsFiles.ts";

export interface ShardStore {
  /** What a person should know about this store, or null: why datasets will not outlive the page. */
  readonly note: string | null;
  list(): Promise<readonly string[]>; // ids, sorted
  source(id: string): ShardSource;
  /** Replaces the dataset of that id at commit; until then the old one can be read. */
  sink(id: string): Promise<ShardSink>;
  remove(id: string): Promise<void>;
}

const FOLDER = "datasets";
const POINTER = "current"; // names the folder of the dataset's committed generation

/** The browser's private file system if it can be opened, else memory with a note. */
export async function openShardStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory(),
): Promise<ShardStore> {
  try {
    return createOpfsStore(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }));
  } catch (error) {
    const reason = messageOf(error);
    return createMemoryStore(
      `Datasets are kept in memory until the page closes: no private storage (${reason}).`,
    );
  }
}

/** Each dataset is a folder of generations and a pointer; moving the pointer is the one atomic step of a commit. */
function createOpfsStore(datasets: FileSystemDirectoryHandle): ShardStore {
  const committed = async (id: string) => {
    const folder = await datasets.getDirectoryHandle(id);
    return folder.getDirectoryHandle(await readText(folder, POINTER));
  };
  return {
    note: null,
    async list() {
      const ids: string[] = [];
      for await (const id of datasets.keys()) {
        const isCommitted = await committed(id).then(
          () => true,
          () => false,
        );
        if (isCommitted) ids.push(id);
      }
      return ids.sort();
    },
    source: (id) => ({
      id,
      async manifest() {
        const folder = await committed(id).catch((cause: unknown) => {
          throw new Error(`${id}: is not in this browser's storage; drop its files on the page again`, {
            cause,
          });
        });
        return readManifest(await readText(folder, MANIFEST_FILE), `${id}/${MANIFEST_FILE}`);
      },
      async open(shard) {
        try {
          const handle = await findFile(await committed(id), shard.path);
          return (await askFile(handle)).stream();
        } catch (cause) {
          throw new Error(`${id}/${shard.path}: is missing in this browser's storage`, { cause });
        }
      },
    }),
    async sink(id) {
      const folder = await datasets.getDirectoryHandle(id, { create: true });
      const generation = crypto.randomUUID();
      const target = await folder.getDirectoryHandle(generation, { create: true });
      return {
        write: (path, bytes) => writeFile(target, path, bytes),
        async commit(manifest) {
          await writeFile(target, MANIFEST_FILE, encodeManifest(manifest));
          await writeFile(folder, POINTER, new TextEncoder().encode(generation));
          for await (const name of folder.keys()) {
            if (name !== generation && name !== POINTER) await folder.removeEntry(name, { recursive: true });
          }
        },
        async abort() {
          await folder.removeEntry(generation, { recursive: true }).catch(() => undefined); // already gone
        },
      };
    },
    async remove(id) {
      await datasets.removeEntry(id, { recursive: true });
    },
  };
}

/** @param note shown to the person; null where memory is what was asked for, as in tests */
export function createMemoryStore(note: string | null): ShardStore {
  const datasets = new Map<string, ReadonlyMap<string, Uint8Array>>();
  const find = (id: string, path: string) => {
    const bytes = datasets.get(id)?.get(path);
    if (!bytes) throw new Error(`${id}/${path}: is not in memory; drop the files of ${id} on the page again`);
    return bytes;
  };
  return {
    note,
    list: () => Promise.resolve([...datasets.keys()].sort()),
    source: (id) => ({
      id,
      manifest: async () => {
        const bytes = await Promise.resolve(find(id, MANIFEST_FILE));
        return readManifest(new TextDecoder().decode(bytes), `${id}/${MANIFEST_FILE}`);
      },
      open: async (shard) => {
        const bytes = await Promise.resolve(find(id, shard.path));
        return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream(); // never shared memory here
      },
    }),
    sink: (id) => {
      const files = new Map<string, Uint8Array>();
      return Promise.resolve({
        write: (path: string, bytes: Uint8Array) => Promise.resolve(void files.set(path, bytes)),
        commit: (manifest: Manifest) => {
          files.set(MANIFEST_FILE, encodeManifest(manifest));
          return Promise.resolve(void datasets.set(id, new Map(files)));
        },
        abort: () => Promise.resolve(files.clear()),
      });
    },
    remove: (id) => Promise.resolve(void datasets.delete(id)),
  };
}

/** The manifest as every store writes it: readable, one line per value, a line break at the end. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
}

async function findFile(
  root: FileSystemDirectoryHandle,
  path: string,
  create = false,
): Promise<FileSystemFileHandle> {
  const folders = path.split("/");
  const name = folders.pop()!; // split gives at least one part
  let folder = root;
  for (const part of folders) folder = await folder.getDirectoryHandle(part, { create });
  return folder.getFileHandle(name, { create });
}

async function readText(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  return (await fileOf(folder, name)).text();
}

async function writeFile(root: FileSystemDirectoryHandle, path: string, bytes: Uint8Array): Promise<void> {
  const writable = await askWritable(await findFile(root, path, true));
  await writable.write(bytes as Uint8Array<ArrayBuffer>); // never shared memory here
  await writable.close(); // the file changes here, at once
}
