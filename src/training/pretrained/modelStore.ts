// Encoders that people drop on the page: kept in the Origin Private File System, or in memory where there is none.
// Works in a worker; a store opened in another worker sees the same folders.
import { messageOf } from "../../core/messageOf.ts";
import { DataError } from "../../core/inputError.ts";
import { blobFiles, type CheckpointFiles } from "./checkpointFiles.ts";
import type { CheckpointSink } from "./copyCheckpoint.ts";
import { openGenerations } from "../data/generations.ts";
import { askFile, askWritable, fileAt, privateRoot } from "../data/opfsFiles.ts";

export interface ModelStore {
  /** What a person should know about this store, or null: why encoders will not outlive the page. */
  readonly note: string | null;
  list(): Promise<readonly string[]>; // names, sorted
  /** @throws DataError if there is none of that name */
  files(name: string): Promise<CheckpointFiles>;
  /** The same by path, where they lie: nothing of them is read. @throws DataError if there is none of that name */
  blobs(name: string): Promise<ReadonlyMap<string, Blob>>;
  /** Replaces the encoder of that name at commit; until then the old one can be read. */
  sink(name: string): Promise<CheckpointSink>;
  remove(name: string): Promise<void>;
}

const FOLDER = "models";

/** The browser's private file system if it can be opened, else memory with a note. */
export async function openModelStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
): Promise<ModelStore> {
  try {
    return await opfsModels(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }));
  } catch (error) {
    const reason = messageOf(error);
    return memoryModels(`Encoders cannot be kept in this browser: no private storage (${reason}).`);
  }
}

const missing = (name: string) =>
  new DataError(`There is no encoder local:${name} in this browser; drop its folder on the Encoder panel`);

async function opfsModels(models: FileSystemDirectoryHandle): Promise<ModelStore> {
  const generations = openGenerations(models);
  await generations.sweep();
  const blobs = async (name: string) => {
    const folder = await generations.committed(name).catch(() => Promise.reject(missing(name)));
    const found = new Map<string, Blob>(); // File handles: nothing is read yet
    await collect(folder, "", found);
    return found;
  };
  return {
    note: null,
    list: generations.list,
    blobs,
    files: async (name) => blobFiles(name, await blobs(name)),
    async sink(name) {
      const generation = await generations.begin(name);
      return {
        async write(path, stream) {
          await stream.pipeTo(await askWritable(await fileAt(generation.folder, path, true)));
        },
        commit: generation.commit,
        abort: generation.abort,
      };
    },
    remove: generations.remove,
  };
}

async function collect(
  folder: FileSystemDirectoryHandle,
  path: string,
  into: Map<string, Blob>,
): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === "file") into.set(path + name, await askFile(handle));
    else await collect(handle, `${path}${name}/`, into);
  }
}

/** @param note shown to the person; null where memory is what was asked for, as in tests */
export function memoryModels(note: string | null): ModelStore {
  const models = new Map<string, ReadonlyMap<string, Blob>>();
  const blobs = (name: string) => {
    const found = models.get(name);
    return found ? Promise.resolve(found) : Promise.reject(missing(name));
  };
  return {
    note,
    list: () => Promise.resolve([...models.keys()].sort()),
    blobs,
    files: async (name) => blobFiles(name, await blobs(name)),
    sink(name) {
      const blobs = new Map<string, Blob>();
      return Promise.resolve({
        async write(path: string, stream: ReadableStream<Uint8Array>) {
          blobs.set(path, await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob());
        },
        commit: () => Promise.resolve(void models.set(name, new Map(blobs))),
        abort: () => Promise.resolve(blobs.clear()),
      });
    },
    remove: (name) => Promise.resolve(void models.delete(name)),
  };
}
