// A file that is replaced whole: written beside its place, brought to the disk, renamed. Whenever the process is killed,
// the old or the new one is there.
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";

export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
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
