// The folder that an export writes: asked for before its long work, and there whole or not at all.
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DataError } from "../../core/inputError.ts";
import { makeFolders, removeEmpty } from "./madeFolders.ts";
import { checkNewFolder } from "./outPlaces.ts";

/** Refuses a place that holds something, before hours of training go there. @throws DataError */
export async function checkFree(option: string, dir: string): Promise<void> {
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new DataError(`${dir}: cannot be a folder for an export (${error.code}); name a new one`);
  });
  if (there.length > 0) throw new DataError(`${dir} is not empty; name a new folder`);
  await checkNewFolder(option, dir);
}

/** Beside `dir` first, and moved there whole. @returns bytes written */
export async function writeFolder(dir: string, folder: ReadonlyMap<string, Uint8Array>): Promise<number> {
  const unfinished = `${path.resolve(dir)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const made = await makeFolders(path.dirname(unfinished));
  let bytes = 0;
  try {
    for (const [name, content] of folder) {
      const file = path.join(unfinished, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      bytes += content.length;
    }
    await rm(dir, { recursive: true, force: true }); // empty: checkFree
    await rename(unfinished, dir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    await removeEmpty(made);
    throw error;
  }
  return bytes;
}
