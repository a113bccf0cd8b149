// What a person is told about storage must be what the browser says, and nothing where it says nothing.
import { describe, expect, it } from "vitest";
import { createStorageStore } from "./storageStore.ts";

describe("storageStore", () => {
  it("tells usage, allowance and the promise, and asks for the promise", async () => {
    let kept = false;
    const store = createStorageStore({
      estimate: () => Promise.resolve({ usage: 5, quota: 100 }),
      persisted: () => Promise.resolve(kept),
      persist: () => Promise.resolve((kept = true)),
    });
    await store.getState().refresh();
    expect(store.getState()).toMatchObject({ usedBytes: 5, allowedBytes: 100, isKept: false });
    await store.getState().askToKeep();
    expect(store.getState().isKept).toBe(true);
  });

  it("knows nothing where the browser refuses or has no such interface", async () => {
    const refusing = createStorageStore({
      estimate: () => Promise.reject(new Error("no")),
      persisted: () => Promise.reject(new Error("no")),
      persist: () => Promise.reject(new Error("no")),
    });
    for (const store of [refusing, createStorageStore(undefined)]) {
      await store.getState().askToKeep();
      expect(store.getState().usedBytes).toBeUndefined();
      expect(store.getState().isKept).toBeUndefined();
    }
  });
});
