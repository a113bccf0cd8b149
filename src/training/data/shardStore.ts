// Datasets that people drop on the page: kept in the Origin Private File System, or in memory where there is none.
// Text stays on the machine. Works in a worker and in a page; all calls are asynchronous.
import { messageOf } from "../../core/messageOf.ts";
import { MANIFEST_FILE, type Manifest } from "../../core/data/manifest.ts";
import { readManifest, streamOf, type ShardSink, type ShardSource } from "./shardSource.ts";
import { openGenerations } from "./generations.ts";
import { askFile, fileAt, fileOf, writeFile, privateRoot } from "./opfsFiles.ts";

export interface ShardStore {
  /** What a person should know about this store, or null: why datasets will not outlive the page. */
  readonly note: string | null;
  list(): Promise<readonly string[]>; // ids, sorted
  source(id: string): ShardSource;
  /** Replaces the dataset of that id at commit; until then the old one can be read. */
  sink(id: string): Promise<ShardSink>;
  remove(id: string): Promise<void>;
}

const FOLDER = "datasets";

/** The browser's private file system if it can be opened, else memory with a note. */
export async function openShardStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
): Promise<ShardStore> {
  try {
    return await createOpfsStore(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }));
  } catch (error) {
    const reason = messageOf(error);
    return createMemoryStore(
      `Datasets are kept in memory until the page closes: no private storage (${reason}).`,
    );
  }
}

async function createOpfsStore(datasets: FileSystemDirectoryHandle): Promise<ShardStore> {
  const generations = openGenerations(datasets);
  await generations.sweep();
  return {
    note: null,
    list: generations.list,
    source: (id) => ({
      id,
      file: async (shard) => askFile(await fileAt(await generations.committed(id), shard.path)),
      async manifest() {
        const folder = await generations.committed(id).catch((cause: unknown) => {
          throw new Error(`${id}: is not in this browser's storage; drop its files on the page again`, {
            cause,
          });
        });
        return readManifest(await (await fileOf(folder, MANIFEST_FILE)).text(), `${id}/${MANIFEST_FILE}`);
      },
      async open(shard) {
        try {
          const handle = await fileAt(await generations.committed(id), shard.path);
          return (await askFile(handle)).stream();
        } catch (cause) {
          throw new Error(`${id}/${shard.path}: is missing in this browser's storage`, { cause });
        }
      },
    }),
    async sink(id) {
      const generation = await generations.begin(id);
      return {
        write: (path, bytes) => writeFile(generation.folder, path, bytes),
        async commit(manifest) {
          await writeFile(generation.folder, MANIFEST_FILE, encodeManifest(manifest));
          await generation.commit();
        },
        abort: generation.abort,
      };
    },
    remove: generations.remove,
  };
}

/** @param note shown to the person; null where memory is what was asked for, as in tests */
export function createMemoryStore(note: string | null): ShardStore {
  const datasets = new Map<string, ReadonlyMap<string, Uint8Array>>();
  const find = (id: string, path: string) => {
    const bytes = datasets.get(id)?.get(path);
    if (!bytes) throw new Error(`${id}/${path}: is not in memory; drop the files of ${id} on the page again`);
    return bytes;
  };
  return {
    note,
    list: () => Promise.resolve([...datasets.keys()].sort()),
    source: (id) => ({
      id,
      manifest: async () => {
        const bytes = await Promise.resolve(find(id, MANIFEST_FILE));
        return readManifest(new TextDecoder().decode(bytes), `${id}/${MANIFEST_FILE}`);
      },
      open: async (shard) => {
        const bytes = await Promise.resolve(find(id, shard.path));
        return streamOf(bytes);
      },
    }),
    sink: (id) => {
      const files = new Map<string, Uint8Array>();
      return Promise.resolve({
        write: (path: string, bytes: Uint8Array) => Promise.resolve(void files.set(path, bytes)),
        commit: (manifest: Manifest) => {
          files.set(MANIFEST_FILE, encodeManifest(manifest));
          return Promise.resolve(void datasets.set(id, new Map(files)));
        },
        abort: () => Promise.resolve(files.clear()),
      });
    },
    remove: (id) => Promise.resolve(void datasets.delete(id)),
  };
}

/** The manifest as every store writes it: readable, one line per value, a line break at the end. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
}
