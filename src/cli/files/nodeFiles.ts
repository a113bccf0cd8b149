// Original files on disk as converters read them: in pieces, never whole. Writes nothing.
import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { SourceFile } from "../../core/formats/sourceFile.ts";

const MAX_DEPTH = 6; // folders below the given one

/**
 * Every file below a folder, named by its path, the folder's own name included, as a browser names the files of a chosen
 * folder; hidden ones are left out. A file's path gives that file alone.
 * @throws Error of Node, with its code, when `from` cannot be read
 */
export async function folderFiles(from: string): Promise<readonly SourceFile[]> {
  if ((await stat(from)).isFile()) return [await diskFile(from, path.basename(from))];
  const name = path.basename(path.resolve(from));
  const top = name === "" ? "" : `${name}/`; // the root of a disk has no name
  const files: SourceFile[] = [];
  const walk = async (folder: string, depth: number) => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".")) continue;
      const file = path.join(folder, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(file) : entry;
      if (kind.isDirectory() && depth < MAX_DEPTH) await walk(file, depth + 1);
      else if (kind.isFile())
        files.push(await diskFile(file, `${top}${path.relative(from, file).replaceAll("\\", "/")}`));
    }
  };
  await walk(from, 0);
  return files;
}

/** @param name what errors and converters call it */
export async function diskFile(file: string, name: string): Promise<SourceFile> {
  const { size } = await stat(file);
  return {
    name,
    size,
    async bytes(start, end) {
      const handle = await open(file);
      try {
        const buffer = new Uint8Array(Math.max(0, Math.min(end, size) - start));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    stream: () => Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>, // Node's own type of the same
  };
}
