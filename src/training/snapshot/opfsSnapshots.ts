// Snapshots of the page's runs in the browser's private file system: a folder a run, a generation a step. Knows no format.
import { machineErrorOf } from "../../core/machineError.ts";
import { openGenerations } from "../data/generations.ts";
import { fileOf, writeParts, privateRoot } from "../data/opfsFiles.ts";
import type { SnapshotStore } from "./snapshotStore.ts";

/** The snapshots of all runs of this browser. */
export interface SnapshotShelf {
  of(runId: string): SnapshotStore;
  /** Runs of which anything is kept. */
  runs(): Promise<readonly string[]>;
  /** Removes all snapshots of a run; nothing where there are none. */
  forget(runId: string): Promise<void>;
}

const FOLDER = "snapshots";
const FILE = "snapshot.safetensors";

/** @returns undefined where this browser has no private storage: then nothing is kept */
export async function openSnapshotShelf(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
): Promise<SnapshotShelf | undefined> {
  let shelf: FileSystemDirectoryHandle;
  try {
    shelf = await (await getRoot()).getDirectoryHandle(FOLDER, { create: true });
  } catch {
    return undefined;
  }
  return {
    of: (runId) => snapshotsOf((create) => shelf.getDirectoryHandle(runId, { create })),
    async runs() {
      const ids: string[] = [];
      for await (const id of shelf.keys()) ids.push(id);
      return ids.sort();
    },
    forget: (runId) => shelf.removeEntry(runId, { recursive: true }).catch(unlessMissing),
  };
}

function snapshotsOf(folder: (create: boolean) => Promise<FileSystemDirectoryHandle>): SnapshotStore {
  const existing = async () => openGenerations(await folder(false));
  return {
    async list() {
      try {
        const generations = await existing();
        await generations.sweep(); // what a killed run was writing
        return (await generations.list()).map(Number).filter(Number.isInteger);
      } catch (error) {
        return unlessMissing(error) ?? [];
      }
    },
    async read(step) {
      try {
        const file = await fileOf(await (await existing()).committed(String(step)), FILE);
        return new Uint8Array(await file.arrayBuffer());
      } catch (error) {
        return unlessMissing(error);
      }
    },
    async write(step, parts) {
      try {
        const generation = await openGenerations(await folder(true)).begin(String(step));
        try {
          await writeParts(generation.folder, FILE, parts);
          await generation.commit();
        } finally {
          await generation.abort(); // nothing after a commit
        }
      } catch (error) {
        throw machineErrorOf(error) ?? error;
      }
    },
    async remove(step) {
      try {
        await (await existing()).remove(String(step));
      } catch (error) {
        unlessMissing(error);
      }
    },
  };
}

/** @throws what is no "not found" */
function unlessMissing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
  throw error;
}
