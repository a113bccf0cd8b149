// Evaluations before training in the private file system.
import { expect, it } from "vitest";
import { StorageError } from "../../core/machineError.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { createOpfsStarts } from "./opfsStarts.ts";

function setUp(kept?: number) {
  const root = new FakeFolder();
  const getRoot = () => Promise.resolve(root as unknown as FileSystemDirectoryHandle);
  return { root, starts: createOpfsStarts(getRoot, kept) };
}

it("gives back what was kept, and undefined for what was not", async () => {
  const { starts } = setUp();
  expect(await starts.read("a")).toBeUndefined();
  await starts.write("a", '{"é": 1}');
  await starts.write("b", "{}");
  expect(await starts.read("a")).toBe('{"é": 1}');
});

it("lets go of those that were kept first", async () => {
  const { root, starts } = setUp(2);
  for (const key of ["a", "b", "c"]) await starts.write(key, key);
  expect([...(root.children.get("starts") as FakeFolder).children.keys()].sort()).toEqual([
    "b.json",
    "c.json",
  ]);
});

it("says that there is no room, and finds nothing where storage is refused", async () => {
  const { root, starts } = setUp();
  await starts.read("a"); // makes the folder
  (root.children.get("starts") as FakeFolder).room = 0;
  await expect(starts.write("a", "text")).rejects.toThrow(StorageError);
  const refused = createOpfsStarts(() => Promise.reject(new DOMException("denied", "SecurityError")));
  expect(await refused.read("a")).toBeUndefined();
  await expect(refused.write("a", "text")).rejects.toThrow();
});
