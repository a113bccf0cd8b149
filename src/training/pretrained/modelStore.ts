// Encoders that people drop on the page: kept in the Origin Private File System, or in memory where there is none.
// Works in a worker; a store opened in another worker sees the same folders.
import { messageOf } from "../../core/messageOf.ts";
import { DataError } from "../../core/inputError.ts";
import { blobFiles, type CheckpointFiles } from "./checkpointFiles.ts";
import type { CheckpointSink } from "./copyCheckpoint.ts";
import { askFile, askWritable, fileOf } from "../data/opfsFiles.ts";

export interface ModelStore {
  /** What a person should know about this store, or null: why encoders will not outlive the page. */
  readonly note: string | null;
  list(): Promise<readonly string[]>; // names, sorted
  /** @throws DataError if there is none of that name */
  files(name: string): Promise<CheckpointFiles>;
  /** Replaces the encoder of that name at commit; until then the old one can be read. */
  sink(name: string): Promise<CheckpointSink>;
  remove(name: string): Promise<void>;
}

const FOLDER = "models";
const POINTER = "current"; // names the folder of the encoder's committed generation

/** The browser's private file system if it can be opened, else memory with a note. */
export async function openModelStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory(),
): Promise<ModelStore> {
  try {
    return opfsModels(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }));
  } catch (error) {
    const reason = messageOf(error);
    return memoryModels(`Encoders cannot be kept in this browser: no private storage (${reason}).`);
  }
}

const missing = (name: string) =>
  new DataError(`There is no encoder local:${name} in this browser; drop its folder on the Encoder panel`);

function opfsModels(models: FileSystemDirectoryHandle): ModelStore {
  const committed = async (name: string) => {
    const folder = await models.getDirectoryHandle(name);
    const pointer = await fileOf(folder, POINTER);
    return folder.getDirectoryHandle(await pointer.text());
  };
  return {
    note: null,
    async list() {
      const names: string[] = [];
      for await (const name of models.keys()) {
        const isCommitted = await committed(name).then(
          () => true,
          () => false,
        );
        if (isCommitted) names.push(name);
      }
      return names.sort();
    },
    async files(name) {
      const folder = await committed(name).catch(() => Promise.reject(missing(name)));
      const blobs = new Map<string, Blob>(); // File handles: nothing is read yet
      await collect(folder, "", blobs);
      return blobFiles(name, blobs);
    },
    async sink(name) {
      const folder = await models.getDirectoryHandle(name, { create: true });
      const generation = crypto.randomUUID();
      const target = await folder.getDirectoryHandle(generation, { create: true });
      return {
        async write(path, stream) {
          const parts = path.split("/");
          const file = parts.pop()!; // split gives at least one part
          let at = target;
          for (const part of parts) at = await at.getDirectoryHandle(part, { create: true });
          await stream.pipeTo(await askWritable(await at.getFileHandle(file, { create: true })));
        },
        async commit() {
          const writable = await askWritable(await folder.getFileHandle(POINTER, { create: true }));
          await writable.write(generation);
          await writable.close(); // the one atomic step
          for await (const old of folder.keys()) {
            if (old !== generation && old !== POINTER) await folder.removeEntry(old, { recursive: true });
          }
        },
        async abort() {
          await folder.removeEntry(generation, { recursive: true }).catch(() => undefined); // already gone
        },
      };
    },
    remove: (name) => models.removeEntry(name, { recursive: true }),
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
  return {
    note,
    list: () => Promise.resolve([...models.keys()].sort()),
    files(name) {
      const blobs = models.get(name);
      return blobs ? Promise.resolve(blobFiles(name, blobs)) : Promise.reject(missing(name));
    },
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
