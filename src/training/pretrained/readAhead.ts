// Small files that will be asked for one after the other, fetched at once when the first of them is. Holds each until it is taken.
import { checkSize, type CheckpointFiles } from "./checkpointFiles.ts";

const MAX_BYTES = 64 * 2 ** 20;

/** @param names of files that are small, and there */
export function readAhead(files: CheckpointFiles, names: readonly string[]): CheckpointFiles {
  const coming = new Map<string, Promise<Uint8Array | undefined>>();
  let begun = false;
  const begin = () => {
    begun = true;
    for (const name of names) {
      const bytes = files.read(name, MAX_BYTES);
      bytes.catch(() => undefined); // told to whoever takes it
      coming.set(name, bytes);
    }
  };
  return {
    ...files,
    async read(name, maxBytes) {
      if (!begun && names.includes(name)) begin();
      const own = coming.get(name);
      if (!own) return files.read(name, maxBytes);
      coming.delete(name); // a second reader asks anew
      const bytes = await own;
      if (bytes) checkSize(`${files.label}/${name}`, bytes.length, maxBytes);
      return bytes;
    },
  };
}
