// Folders that are made on the way to a place, and go again where nothing came into them.
import { mkdir, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { codeOf } from "./codeOf.ts";

/**
 * As `mkdir` with `recursive`, which never returns where a folder is there that takes none (/proc).
 * @param made gets each folder that was not there, outermost first, also where a further one cannot be made
 */
export async function makeFolders(dir: string, made: string[] = []): Promise<readonly string[]> {
  if ((await stat(dir).catch(() => undefined))?.isDirectory()) return made;
  const parent = path.dirname(dir);
  if (parent !== dir) await makeFolders(parent, made);
  try {
    await mkdir(dir);
    made.push(dir);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  return made;
}

/** Those of `makeFolders` that are empty. */
export async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const dir of made.toReversed()) await rmdir(dir).catch(() => undefined); // something is in it, or it is gone
}
