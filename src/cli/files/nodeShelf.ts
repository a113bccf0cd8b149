// The shelf of downloaded checkpoints on disk: `hub/` in the lab's home, a folder for each repository and revision.
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { KeptDownload } from "../../core/encoders/encoderInfo.ts";
import { folderName, SHELF_BYTES, type DownloadShelf } from "../../training/hub/downloadShelf.ts";
import { createDiskPart } from "./nodeDownloads.ts";
import { diskFile } from "./nodeFiles.ts";

const FACTS = ".facts.json";

/** @param root made when something is kept */
export function createDiskShelf(root: string, limitBytes = SHELF_BYTES): DownloadShelf {
  const absent = () => undefined;
  return {
    limitBytes,
    async folder(id) {
      const name = folderName(id);
      if (name === undefined) return undefined;
      const folder = path.join(root, name);
      const at = (file: string) => path.join(folder, encodeURIComponent(file));
      return {
        part: (file) => createDiskPart(folder, encodeURIComponent(file)),
        whole: (file) => diskFile(at(file), file).catch(absent),
        readFacts: (file) => readFile(at(file) + FACTS, "utf8").catch(absent),
        async writeFacts(file, text) {
          await mkdir(folder, { recursive: true });
          await writeFile(at(file) + FACTS, text);
        },
      };
    },
    async list() {
      const kept: KeptDownload[] = [];
      for (const name of await readdir(root).catch(() => [])) {
        const files = await readdir(path.join(root, name)).catch(() => []);
        const facts = await Promise.all(files.map((file) => stat(path.join(root, name, file)).catch(absent)));
        const found = facts.filter((one) => one !== undefined); // another process may have removed one meanwhile
        const bytes = found.reduce((sum, { size }) => sum + size, 0);
        const usedMs = Math.max(0, ...found.map(({ mtimeMs }) => mtimeMs));
        if (bytes > 0) kept.push({ id: decodeURIComponent(name), bytes, usedMs });
      }
      return kept.sort((a, b) => b.usedMs - a.usedMs);
    },
    async remove(id) {
      const name = folderName(id);
      if (name !== undefined) await rm(path.join(root, name), { recursive: true, force: true });
    },
  };
}
