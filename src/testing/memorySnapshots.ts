// Snapshots in memory, for tests: what is written is copied, as a disk would.
import type { SnapshotShelf } from "../training/snapshot/opfsSnapshots.ts";
import type { SnapshotStore } from "../training/snapshot/snapshotStore.ts";

export interface MemorySnapshots extends SnapshotStore {
  readonly files: Map<number, Uint8Array>; // by step
  readonly written: number[]; // steps, in order
}

/** @param most kept at any time; a write beyond is an error */
export function memorySnapshots(most = 2): MemorySnapshots {
  const files = new Map<number, Uint8Array>();
  const written: number[] = [];
  return {
    files,
    written,
    list: () => Promise.resolve([...files.keys()]),
    read: (step) => Promise.resolve(files.get(step)?.slice()),
    async write(step, parts) {
      files.set(
        step,
        new Uint8Array(await new Blob(Array.from(parts, (part) => part.slice())).arrayBuffer()),
      );
      written.push(step);
      if (files.size > most) throw new Error(`${files.size} snapshots are kept, at most ${most} may be`);
    },
    remove(step) {
      files.delete(step);
      return Promise.resolve();
    },
  };
}

/** Of all runs of a page. */
export function memoryShelf(): SnapshotShelf {
  const byRun = new Map<string, MemorySnapshots>();
  return {
    of(runId) {
      const store = byRun.get(runId) ?? memorySnapshots();
      byRun.set(runId, store);
      return store;
    },
    runs: () => Promise.resolve([...byRun.keys()]),
    forget: (runId) => Promise.resolve(void byRun.delete(runId)),
  };
}
