// How much of this browser's storage is used, and whether the browser has promised to keep it. Never deletes anything.
import { createStore, type StoreApi } from "zustand/vanilla";

export interface StorageState {
  readonly usedBytes?: number; // of everything the page keeps; undefined where the browser does not say
  readonly allowedBytes?: number;
  readonly isKept?: boolean; // the browser will not clear it of its own accord when the disk fills
  /** Never rejects. */
  refresh(): Promise<void>;
  /** Asks the browser to keep the data; it may say no without a reason. */
  askToKeep(): Promise<void>;
}

type Manager = Pick<StorageManager, "estimate" | "persist" | "persisted">;

/** @param storage undefined in browsers without it, and in Node */
export function createStorageStore(storage: Manager | undefined): StoreApi<StorageState> {
  return createStore<StorageState>()((set, get) => ({
    async refresh() {
      try {
        const { usage, quota } = (await storage?.estimate()) ?? {};
        const isKept = await storage?.persisted();
        set({
          ...(usage !== undefined && { usedBytes: usage }),
          ...(quota !== undefined && { allowedBytes: quota }),
          ...(isKept !== undefined && { isKept }),
        });
      } catch {
        // Some privacy settings refuse the question; then nothing is shown.
      }
    },
    async askToKeep() {
      await storage?.persist().catch(() => false); // refused: isKept stays false
      await get().refresh();
    },
  }));
}

export const storageStore = createStorageStore(
  typeof navigator === "undefined" ? undefined : navigator.storage,
);
