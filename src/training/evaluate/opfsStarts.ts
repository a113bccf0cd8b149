// Evaluations before training that the page keeps: a file each in the browser's private file system.
import { machineErrorOf } from "../../core/machineError.ts";
import { askFile, fileOf, writeFile, privateRoot } from "../data/opfsFiles.ts";
import type { StartStore } from "./startStore.ts";

const FOLDER = "starts";
const KEPT = 32;

/** Without private storage nothing is found; what cannot be kept is an error, which the run tells. */
export function createOpfsStarts(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
  kept = KEPT,
): StartStore {
  const folder = async () => (await getRoot()).getDirectoryHandle(FOLDER, { create: true });
  const nameOf = (key: string) => `${key}.json`;

  /** Lets go of those that were kept first. */
  const makeRoom = async (starts: FileSystemDirectoryHandle) => {
    const known: { name: string; keptMs: number }[] = [];
    for await (const [name, handle] of starts.entries()) {
      if (handle.kind === "file") known.push({ name, keptMs: (await askFile(handle)).lastModified });
    }
    known.sort((a, b) => b.keptMs - a.keptMs);
    for (const { name } of known.slice(kept)) await starts.removeEntry(name);
  };

  return {
    async read(key) {
      try {
        return await (await fileOf(await folder(), nameOf(key))).text();
      } catch {
        return undefined; // none yet, or none to be had here: measured instead
      }
    },
    async write(key, text) {
      try {
        const starts = await folder();
        await writeFile(starts, nameOf(key), new TextEncoder().encode(text));
        await makeRoom(starts);
      } catch (error) {
        throw machineErrorOf(error) ?? error;
      }
    },
  };
}
