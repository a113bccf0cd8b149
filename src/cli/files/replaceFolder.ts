// A folder that is replaced whole: written beside its place, renamed at commit, and put right at the next open where a
// process was killed between two renames. Knows no file inside.
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { codeOf } from "./codeOf.ts";
import { isRunning } from "./isRunning.ts";

/** A folder being written. Nothing is seen in its place before `commit`. */
export interface Replacement {
  /** Where a file of that name is to be written; its folder is made. */
  fileAt(name: string): Promise<string>;
  commit(): Promise<void>;
  abort(): Promise<void>; // removes what was written; safe to call twice
}

const ABANDONED_MS = 24 * 60 * 60 * 1000; // a process number may have gone to another process since

/**
 * The place is empty for the moment between two renames: what was there goes to `.outgoing-…`, and `.incoming-…` takes
 * its place. So an outgoing folder says that the incoming one of the same ending is whole.
 */
export async function replaceFolder(dir: string): Promise<Replacement> {
  const parent = path.dirname(dir);
  const name = path.basename(dir);
  await mkdir(parent, { recursive: true });
  await recoverFolders(parent, name);
  const incoming = await mkdtemp(path.join(parent, `.incoming-${name}-${process.pid}-`));
  return {
    async fileAt(file) {
      const at = path.join(incoming, file);
      await mkdir(path.dirname(at), { recursive: true });
      return at;
    },
    async commit() {
      await chmod(incoming, 0o755); // mkdtemp makes it private
      await exchange(incoming, dir);
    },
    abort: () => rm(incoming, { recursive: true, force: true }),
  };
}

async function exchange(incoming: string, dir: string): Promise<void> {
  const outgoing = outgoingOf(incoming);
  const isReplaced = await rename(dir, outgoing).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return false; // there was none before
      throw error;
    },
  );
  try {
    await rename(incoming, dir);
  } catch (error) {
    if (isReplaced) await rename(outgoing, dir);
    throw error;
  }
  if (isReplaced) await discard(outgoing, incoming).catch(() => undefined); // it is committed; rubbish goes next time
}

/** Under the name of an incoming folder, which without an outgoing one is rubbish, whatever is left of it. */
async function discard(outgoing: string, incoming: string): Promise<void> {
  await rm(incoming, { recursive: true, force: true });
  await rename(outgoing, incoming);
  await rm(incoming, { recursive: true, force: true });
}

/**
 * Ends what killed processes began in `parent`: a commit is completed, anything else of theirs removed. Folders of
 * living processes stay. Where the folder cannot be changed, nothing happens: what is whole can still be read.
 * @param only the one name to look after; left out: all
 */
export async function recoverFolders(parent: string, only?: string): Promise<void> {
  for (const entry of await readdir(parent).catch(() => [] as string[])) {
    const [, name, pid] = /^\.(?:incoming|outgoing)-(.+?)(?:-(\d+))?-\w{6}$/.exec(entry) ?? [];
    if (name === undefined || (only !== undefined && name !== only)) continue;
    const incoming = path.join(parent, entry.replace(".outgoing-", ".incoming-"));
    if (!(await isAbandoned(incoming, Number(pid ?? NaN)))) continue;
    await recover(path.join(parent, name), incoming).catch(() => undefined); // or another process was first
  }
}

async function recover(dir: string, incoming: string): Promise<void> {
  const outgoing = outgoingOf(incoming);
  if (!existsSync(outgoing)) await rm(incoming, { recursive: true, force: true });
  else if (existsSync(dir)) await discard(outgoing, incoming);
  else if (existsSync(incoming)) {
    await rename(incoming, dir);
    await discard(outgoing, incoming);
  } else await rename(outgoing, dir);
}

function outgoingOf(incoming: string): string {
  return path.join(path.dirname(incoming), path.basename(incoming).replace(".incoming-", ".outgoing-"));
}

/** @param pid NaN for a folder of an older version, which did not write it */
async function isAbandoned(incoming: string, pid: number): Promise<boolean> {
  if (pid > 0 && !isRunning(pid)) return true;
  const touched = (await stat(incoming).catch(() => undefined))?.mtimeMs ?? Infinity;
  return Date.now() - touched > ABANDONED_MS;
}
