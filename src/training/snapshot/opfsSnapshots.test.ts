// Snapshots in the private file system: whole or not listed, by run, and gone when they are forgotten.
import { expect, it } from "vitest";
import { StorageError } from "../../core/machineError.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { openSnapshotShelf } from "./opfsSnapshots.ts";

async function setUp() {
  const root = new FakeFolder();
  const shelf = await openSnapshotShelf(() => Promise.resolve(root as unknown as FileSystemDirectoryHandle));
  const folder = (runId: string) =>
    (root.children.get("snapshots") as FakeFolder).children.get(runId) as FakeFolder | undefined;
  return { shelf: shelf!, folder };
}

const parts = [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)];

it("gives back what was written, by run and step", async () => {
  const { shelf } = await setUp();
  await shelf.of("a").write(50, parts);
  await shelf.of("a").write(100, [Uint8Array.of(9)]);
  await shelf.of("b").write(50, [Uint8Array.of(7)]);
  expect([...(await shelf.of("a").list())].sort((a, b) => a - b)).toEqual([50, 100]);
  expect(await shelf.of("a").read(50)).toEqual(Uint8Array.of(1, 2, 3));
  expect(await shelf.of("b").read(50)).toEqual(Uint8Array.of(7));
  expect(await shelf.of("a").read(70)).toBeUndefined();
  expect(await shelf.runs()).toEqual(["a", "b"]);
});

it("lists nothing that was not committed, and says when there is no room", async () => {
  const { shelf, folder } = await setUp();
  const store = shelf.of("a");
  await store.write(50, parts);
  const step = new FakeFolder();
  step.room = 2;
  folder("a")!.children.set("100", step);
  const getFolder = step.getDirectoryHandle.bind(step);
  step.getDirectoryHandle = async (name, options) => {
    const generation = await getFolder(name, options);
    generation.room = 2;
    return generation;
  };
  await expect(store.write(100, parts)).rejects.toThrow(StorageError);
  await expect(store.write(100, parts)).rejects.toThrow("There is no room left to keep this");
  expect(await store.list()).toEqual([50]);
  expect(step.children.size).toBe(0); // the half-written one is gone
});

it("removes a step, or a run whole; what is not there needs no removing", async () => {
  const { shelf } = await setUp();
  const store = shelf.of("a");
  await store.write(50, parts);
  await store.write(100, parts);
  await store.remove(50);
  await store.remove(50);
  expect(await store.list()).toEqual([100]);
  await shelf.forget("a");
  await shelf.forget("a");
  expect(await store.list()).toEqual([]);
  expect(await shelf.runs()).toEqual([]);
});

it("is not there where the browser has no private storage", async () => {
  expect(await openSnapshotShelf(() => Promise.reject(new Error("blocked")))).toBeUndefined();
});
