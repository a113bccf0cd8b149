// Encoders in folders, for the command line: those shipped in public/models, and those added under the lab's home.
import { createWriteStream, existsSync } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { parseEncoderId } from "../core/encoders/encoderId.ts";
import { DataError } from "../core/inputError.ts";
import { checkSize, type CheckpointFiles } from "../training/pretrained/checkpointFiles.ts";
import type { CheckpointSink } from "../training/pretrained/copyCheckpoint.ts";
import type { CheckpointHints } from "../training/pretrained/openCheckpoint.ts";
import { httpFiles } from "../training/pretrained/httpFiles.ts";
import { hubPlace } from "../training/hub/hubPlace.ts";
import type { EncoderPlaces } from "../training/pretrained/openEncoder.ts";
import { VECTOR_BYTES, type DownloadShelf } from "../training/hub/downloadShelf.ts";
import { codeOf, readProblem } from "./files/codeOf.ts";
import { createDiskShelf } from "./files/nodeShelf.ts";
import { recoverFolders, replaceFolder } from "./files/replaceFolder.ts";
import { labHome, PROJECT } from "./nodeShards.ts";

export const SHIPPED_MODELS = path.join(PROJECT, "public", "models");

export function modelsFolder(home: string = labHome()): string {
  return path.join(home, "models");
}

/** A checkpoint in a folder of this machine. */
export function folderFiles(dir: string, label = dir): CheckpointFiles {
  const sizeOf = async (file: string): Promise<number | undefined> => {
    try {
      const info = await stat(file);
      return info.isFile() ? info.size : undefined;
    } catch (cause) {
      if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return undefined;
      throw new DataError(`${file}: ${readProblem(cause)}`, { cause });
    }
  };
  return {
    label,
    async read(name, maxBytes) {
      const file = path.join(dir, name);
      const bytes = await sizeOf(file);
      if (bytes === undefined) return undefined;
      checkSize(`${label}/${name}`, bytes, maxBytes);
      return readFile(file);
    },
    async open(name) {
      const file = path.join(dir, name);
      const bytes = await sizeOf(file);
      if (bytes === undefined) return undefined;
      const handle = await open(file).catch((cause: unknown) => {
        throw new DataError(`${file}: ${readProblem(cause)}`, { cause });
      });
      const stream = Readable.toWeb(handle.createReadStream({ highWaterMark: 2 ** 20 }));
      return { bytes, stream: stream as ReadableStream<Uint8Array> }; // Node's own type of the same stream
    },
  };
}

/** An older model in `dir` is replaced whole, at commit. */
export async function createModelSink(dir: string): Promise<CheckpointSink> {
  const { fileAt, commit, abort } = await replaceFolder(dir);
  return {
    write: async (name, stream) =>
      pipeline(Readable.fromWeb(stream as NodeStream), createWriteStream(await fileAt(name))),
    commit,
    abort,
  };
}

/** Names of the folders added with `lab model add`, sorted. */
export async function listModels(home: string = labHome()): Promise<readonly string[]> {
  await recoverFolders(modelsFolder(home));
  const names = await readdir(modelsFolder(home)).catch(() => [] as string[]);
  return names.filter((name) => !name.startsWith(".") && isModel(path.join(modelsFolder(home), name))).sort();
}

function isModel(dir: string): boolean {
  return existsSync(path.join(dir, "config.json")) || existsSync(path.join(dir, "modules.json"));
}

/** Where checkpoints of the hub stay once they were downloaded. */
export function hubShelf(env: Readonly<Record<string, string | undefined>> = process.env): DownloadShelf {
  return createDiskShelf(path.join(labHome(env), "hub"));
}

/** Vectors of the teachers that runs had. */
export const vectorShelf = (): DownloadShelf =>
  createDiskShelf(path.join(labHome(), "vectors"), VECTOR_BYTES);

/** A download that has to be tried again says so where progress is told. */
const onTrouble = (sentence: string) => void process.stderr.write(`${sentence}\n`);

/**
 * Places of this machine. LAB_HUB names another address of the hub.
 * @param folders folders named on the command line, by the name they have as local:NAME in this process
 */
export function nodePlaces(
  folders: ReadonlyMap<string, string> = new Map(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): EncoderPlaces {
  return {
    labTokenizer: () => readFile(path.join(SHIPPED_MODELS, "tokenizer", "tokenizer.json"), "utf8"),
    shipped: (name) => folderFiles(path.join(SHIPPED_MODELS, name), name),
    hub: hubPlace({
      shelf: Promise.resolve(hubShelf(env)),
      onTrouble,
      ...(env["LAB_HUB"] && { hub: env["LAB_HUB"] }),
    }),
    url: (url) => httpFiles(url, url.replace(/\/$/, ""), { onTrouble }),
    async local(name) {
      const kept = modelsFolder(labHome(env));
      const given = folders.get(name);
      const dir = given ?? path.join(kept, name);
      await recoverFolders(kept, name);
      if (isModel(dir)) return folderFiles(dir, name);
      if (given !== undefined) {
        const why = existsSync(given)
          ? "has neither config.json nor modules.json"
          : "there is no such folder";
        throw new DataError(`${given}: ${why}; name the folder of a checkpoint`);
      }
      const there = (await listModels(labHome(env))).join(", ") || "none";
      throw new DataError(
        `There is no encoder local:${name} here; there is: ${there}. Add it with: npm run lab -- model add ${name} --from DIR`,
      );
    },
  };
}

/** A checkpoint by a folder's path, an address or a repository of the hub. */
export function checkpointFrom(from: string): {
  readonly files: CheckpointFiles;
  readonly hints: CheckpointHints;
} {
  const ref = from.includes(":") ? parseEncoderId(from) : undefined;
  const places = nodePlaces();
  if (ref?.kind === "hub") return places.hub(ref.repository, ref.revision);
  if (ref?.kind === "url") return { files: places.url(ref.url), hints: {} };
  const dir = path.resolve(from);
  return { files: folderFiles(dir, path.basename(dir)), hints: {} };
}
