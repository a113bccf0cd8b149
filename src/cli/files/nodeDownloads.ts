// Downloads on disk: NAME.part while they last, with NAME.part.json saying what they are of. Fetches nothing.
import { createReadStream } from "node:fs";
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { parseValidator, type PartialFile } from "../../training/download/partialFile.ts";
import { diskFile } from "./nodeFiles.ts";

/** @param folder where the file and its parts are kept; made when missing. @param name may hold folders of its own */
export function createDiskPart(folder: string, name: string): PartialFile {
  const final = path.join(folder, name);
  const part = `${final}.part`;
  const facts = `${part}.json`;
  const size = () =>
    stat(part).then(
      (found) => found.size,
      () => 0,
    );
  return {
    name,
    async state() {
      const validator = await readFile(facts, "utf8").then(parseValidator, () => null);
      return { bytes: await size(), validator };
    },
    async restart(validator) {
      await mkdir(path.dirname(part), { recursive: true });
      await writeFile(part, "");
      await writeFile(facts, JSON.stringify(validator));
    },
    append: (chunk) => appendFile(part, chunk),
    read: () => Readable.toWeb(createReadStream(part)) as ReadableStream<Uint8Array>, // Node's own type of the same
    async finish() {
      await rename(part, final);
      await rm(facts, { force: true });
      return diskFile(final, name);
    },
    async discard() {
      await rm(part, { force: true });
      await rm(facts, { force: true });
    },
  };
}
