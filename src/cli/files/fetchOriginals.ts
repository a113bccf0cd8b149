// The original files of a catalogue entry, downloaded into the lab's home: resumed after a kill, checked, and held to what an
// earlier download brought where the catalogue knows no hash. Converts nothing.
import { megabytes } from "../../core/megabytes.ts";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { CatalogFile } from "../../core/data/catalog.ts";
import { parsePins, type DownloadPins } from "../../core/data/downloadPins.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { downloadFile, hashOf, type DownloadOptions } from "../../training/download/downloadFile.ts";
import { createDiskPart } from "./nodeDownloads.ts";
import { diskFile } from "./nodeFiles.ts";

export interface Originals {
  readonly files: readonly SourceFile[];
  /** Removes the downloads, once they are converted; what was noted of them stays. */
  discard(): Promise<void>;
}

/**
 * @param tell is given a line per file
 * @throws Error naming the address
 */
export async function fetchOriginals(
  home: string,
  id: string,
  files: readonly CatalogFile[],
  options: DownloadOptions,
  tell: (line: string) => void,
): Promise<Originals> {
  const folder = path.join(home, "downloads", id);
  const pinFile = path.join(home, "downloads", `${id}.pins.json`);
  await mkdir(folder, { recursive: true });
  const pins = await readPins(pinFile);
  const fetched: SourceFile[] = [];
  for (const file of files) {
    const { name, url } = file;
    const pin = pins[name];
    const known = file.sha256 === undefined ? (pin?.url === url ? pin : undefined) : file;
    const expected = known ? { url, bytes: known.bytes!, sha256: known.sha256! } : { url };
    const there = await diskFile(path.join(folder, name), name).catch(() => null);
    if (there && known && there.size === known.bytes && (await hashOf(there.stream())) === known.sha256) {
      tell(`${name}: is here already`);
      fetched.push(there);
      continue;
    }
    const done = await downloadFile(expected, createDiskPart(folder, name), {
      onTrouble: tell,
      ...options,
    }).catch((cause: unknown) => {
      const isPinned = file.sha256 === undefined && known !== undefined && cause instanceof Error;
      if (!isPinned || !/the catalogue states/.test(cause.message)) throw cause;
      throw new Error(`${cause.message} (noted at the first download; delete ${pinFile} to accept another)`, {
        cause,
      });
    });
    fetched.push(done.file);
    tell(
      `${name}: ${megabytes(done.bytes)} downloaded${known ? "" : `, sha256 ${done.sha256} noted (unverified)`}`,
    );
    if (!known) {
      pins[name] = { url, bytes: done.bytes, sha256: done.sha256 };
      await writeFile(pinFile, `${JSON.stringify(pins, null, 1)}\n`);
    }
  }
  return { files: fetched, discard: () => rm(folder, { recursive: true, force: true }) };
}

async function readPins(file: string): Promise<DownloadPins> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? {} : parsePins(text, file);
}
