// A file that is replaced whole: written beside its place, brought to the disk, renamed. Whenever the process is killed,
// the old or the new one is there.
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { isRunning } from "./isRunning.ts";

/** A pipe or a device is written as it is. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile() && !found.isDirectory()) return writeFile(file, content);
  const beside = `${file}.${process.pid}.new`;
  await sweep(file);
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  try {
    const handle = await open(beside, "w");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** What killed processes left beside it. */
async function sweep(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const start = `${path.basename(file)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(start) ? /^(\d+)\.new$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) await rm(path.join(folder, name), { force: true });
  }
}
