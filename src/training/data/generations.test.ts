// Replacing a folder of the private file system: whole at every moment a writer can be killed at.
import { expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { openGenerations, type WriterLocks } from "./generations.ts";
import { fileOf, writeFile } from "./opfsFiles.ts";

const handle = (folder: FakeFolder) => folder as unknown as FileSystemDirectoryHandle; // the part that is used

/** Locks that a test can take away, as the browser does when a worker ends. */
function fakeLocks() {
  const held = new Set<string>();
  const locks = {
    request: async (name: string, use: () => Promise<void>) => {
      held.add(name);
      await use();
      held.delete(name);
    },
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
  };
  return { held, locks: locks as unknown as WriterLocks };
}

async function setUp() {
  const root = new FakeFolder();
  const { held, locks } = fakeLocks();
  const store = openGenerations(handle(root), locks);
  const write = async (text: string) => {
    const generation = await store.begin("toy");
    await writeFile(generation.folder, "a/text", new TextEncoder().encode(text));
    return generation;
  };
  const read = async () =>
    (await fileOf(await (await store.committed("toy")).getDirectoryHandle("a"), "text")).text();
  const count = () => (root.children.get("toy") as FakeFolder).children.size;
  return { root, held, locks, store, write, read, count };
}

it("shows a generation at commit, and removes the one before", async () => {
  const { store, write, read, count, held } = await setUp();
  const first = await write("old");
  expect(await store.list()).toEqual([]);
  await first.commit();
  const second = await write("new");
  expect(await read()).toBe("old");
  await second.commit();
  expect(await read()).toBe("new");
  expect(count()).toBe(2); // the pointer and one generation
  await Promise.resolve();
  expect(held.size).toBe(0);
});

it("keeps the old one when a writer is killed before its commit, and sweeps what it left", async () => {
  const { store, write, read, count, held } = await setUp();
  await (await write("old")).commit();
  await write("half");
  held.clear(); // its worker is gone
  await store.sweep();
  expect(await read()).toBe("old");
  expect(count()).toBe(2);
});

it("keeps the new one when a writer is killed between pointer and sweeping", async () => {
  const { root, store, write, read, count, held } = await setUp();
  await (await write("old")).commit();
  const toy = root.children.get("toy") as FakeFolder;
  toy.removeEntry = () => Promise.reject(new Error("killed"));
  await (await write("new")).commit();
  expect(count()).toBe(3);
  delete (toy as Partial<FakeFolder>).removeEntry; // the class's own again
  held.clear();
  await store.sweep();
  expect(await read()).toBe("new");
  expect(count()).toBe(2);
});

it("leaves the generation of a living writer alone, in sweeping and in another's commit", async () => {
  const { store, write, read } = await setUp();
  const slow = await write("slow");
  await store.sweep();
  await (await write("quick")).commit();
  expect(await read()).toBe("quick");
  await slow.commit(); // the last commit counts
  expect(await read()).toBe("slow");
});

it("does not remove what it committed when it is aborted afterwards", async () => {
  const { write, read } = await setUp();
  const generation = await write("whole");
  await generation.commit();
  await generation.abort();
  expect(await read()).toBe("whole");
});

it("sweeps nothing by itself where nobody can say who is alive", async () => {
  const { root, write, count } = await setUp();
  await (await write("old")).commit();
  await write("perhaps alive");
  await openGenerations(handle(root), undefined).sweep();
  expect(count()).toBe(3);
});
