// Datasets in folders, for the command line: the embedded one in public/datasets, added ones under the lab's home.
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { DataError } from "../core/inputError.ts";
import { MANIFEST_FILE, type Manifest } from "../core/data/manifest.ts";
import { readManifest, type ShardSink, type ShardSource } from "../training/data/shardSource.ts";
import { encodeManifest, type ShardStore } from "../training/data/shardStore.ts";
import { readProblem } from "./files/codeOf.ts";
import { recoverFolders, replaceFolder } from "./files/replaceFolder.ts";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
export const EMBEDDED_DATASETS = path.join(PROJECT, "public", "datasets");

/** Where added datasets live: `datasets/<id>/` below it. Environment variable LAB_HOME, else .lab in the project. */
export function labHome(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env["LAB_HOME"] ? path.resolve(env["LAB_HOME"]) : path.join(PROJECT, ".lab");
}

/** A dataset folder: manifest.json and the shards it lists. */
export function createFolderShards(dir: string): ShardSource {
  return {
    id: dir,
    async manifest(signal): Promise<Manifest> {
      const file = path.join(dir, MANIFEST_FILE);
      const text = await readFile(file, { encoding: "utf8", ...(signal ? { signal } : {}) }).catch(
        (cause: unknown) => {
          signal?.throwIfAborted();
          throw new Error(`${file}: ${readProblem(cause)}`, { cause });
        },
      );
      return readManifest(text, file);
    },
    async open(shard) {
      const file = path.join(dir, shard.path);
      const stream = createReadStream(file);
      await new Promise<void>((resolve, reject) => {
        stream.once("open", () => resolve());
        stream.once("error", (cause) => reject(new Error(`${file}: ${readProblem(cause)}`, { cause })));
      });
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>; // Node's own type of the same stream
    },
  };
}

/** An older dataset in `dir` is replaced whole, at commit. */
export async function createFolderSink(dir: string): Promise<ShardSink> {
  const { fileAt, commit, abort } = await replaceFolder(dir);
  const write = async (name: string, bytes: Uint8Array) => writeFile(await fileAt(name), bytes);
  return {
    write,
    async commit(manifest) {
      await write(MANIFEST_FILE, encodeManifest(manifest));
      await commit();
    },
    abort,
  };
}

/** Added datasets under the lab's home, as the page's store keeps its own. */
export function openFolderStore(home: string = labHome()): ShardStore & { place(id: string): string } {
  const root = path.join(home, "datasets");
  const place = (id: string) => path.join(root, id);
  return {
    note: null,
    place,
    list: () => listFolder(root),
    source: (id) => createFolderShards(place(id)),
    sink: (id) => createFolderSink(place(id)),
    remove: (id) => rm(place(id), { recursive: true, force: true }),
  };
}

/** Where a dataset of this id is, or null. Added ones win over embedded ones. */
export async function findDataset(id: string, home: string = labHome()): Promise<string | null> {
  for (const root of [path.join(home, "datasets"), EMBEDDED_DATASETS]) {
    if ((await listFolder(root)).includes(id)) return path.join(root, id);
  }
  return null;
}

/** Ids of the datasets that can be opened now, sorted. */
export async function listDatasets(home: string = labHome()): Promise<readonly string[]> {
  const ids = [...(await listFolder(path.join(home, "datasets"))), ...(await listFolder(EMBEDDED_DATASETS))];
  return [...new Set(ids)].sort();
}

/**
 * The dataset of that id, embedded or added.
 * @throws DataError listing what there is and how to add it
 */
export async function openDataset(id: string, home: string = labHome()): Promise<ShardSource> {
  const dir = await findDataset(id, home);
  if (dir) return createFolderShards(dir);
  const there = (await listDatasets(home)).join(", ") || "none";
  throw new DataError(
    `There is no dataset "${id}" here; there is: ${there}. Add it with: npm run lab -- data add ${id} --from DIR`,
  );
}

/** Folders in `root` that hold a manifest; none when `root` does not exist. */
async function listFolder(root: string): Promise<readonly string[]> {
  await recoverFolders(root);
  const names = await readdir(root).catch(() => [] as string[]);
  const isDataset = (name: string) =>
    !name.startsWith(".") && existsSync(path.join(root, name, MANIFEST_FILE));
  return names.filter(isDataset).sort();
}
