// The token cache among other tabs and browsers: files that vanish, are locked or cut, and no synchronous handles.
import { beforeEach, describe, expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import type { ByteFile } from "./blockCache.ts";
import { openTokenStore } from "./opfsTokens.ts";

type Handle = Awaited<ReturnType<FakeFolder["getFileHandle"]>>;

const bytes = (n: number, size = 100) => new Uint8Array(size).fill(n);
const gone = () => Promise.reject(new DOMException("not there", "NotFoundError"));
async function part(file: ByteFile, at: number, length: number): Promise<number[]> {
  const into = new Uint8Array(length);
  await file.read(at, into);
  return [...into];
}

let root: FakeFolder;
let folder: FakeFolder;
beforeEach(async () => {
  root = new FakeFolder();
  folder = await root.getDirectoryHandle("tokens", { create: true });
});
const open = (limit = 1e6) =>
  openTokenStore(() => Promise.resolve(root as unknown as FileSystemDirectoryHandle), limit); // the part it uses

/** Lets the folder's handles differ from what they are. */
function alter(change: (handle: Handle, name: string) => Partial<Handle>): void {
  const ask = folder.getFileHandle.bind(folder);
  folder.getFileHandle = async (name, options) => {
    const handle = await ask(name, options);
    return { ...handle, ...change(handle, name) };
  };
}
/** As on a page, or in a browser without synchronous handles. */
const withoutSyncHandles = () => {
  alter(() => ({ createSyncAccessHandle: undefined as unknown as Handle["createSyncAccessHandle"] }));
};

describe("without synchronous handles", () => {
  it("writes and reads through files", async () => {
    withoutSyncHandles();
    const store = await open();
    const file = await store.write(
      "a",
      Uint8Array.from({ length: 100 }, (_, i) => i),
    );
    expect(await part(file, 40, 3)).toEqual([40, 41, 42]);
    expect((await store.find("a"))!.bytes).toHaveLength(100);
    expect([store.note, folder.open.size]).toEqual([null, 0]);
  });

  it("refuses tokens from a file that was cut meanwhile", async () => {
    withoutSyncHandles();
    const file = await (await open()).write("a", bytes(1));
    folder.children.set("a", { bytes: bytes(1, 50), lastModified: 1 });
    await expect(part(file, 40, 20)).rejects.toThrow(
      "tokens: read 10 of 20 bytes; the cache was changed meanwhile",
    );
  });
});

describe("beside another tab", () => {
  it("reads a file that the other one holds open", async () => {
    const store = await open();
    await store.write("a", bytes(7));
    folder.open.add("a");
    expect(await part((await store.find("a"))!.file, 98, 2)).toEqual([7, 7]);
  });

  it("lists what is left when a file vanishes while it lists them", async () => {
    const first = await open();
    await first.write("a", bytes(1));
    await first.write("b", bytes(2));
    alter((_, name) => (name === "a" ? { getFile: gone } : {}));
    const store = await open();
    expect(await store.totalBytes()).toBe(100);
    expect(await store.find("a")).toBeUndefined();
    expect(await store.find("b")).toBeDefined();
  });

  it("gives nothing for a file that vanished after it was listed", async () => {
    const store = await open();
    await store.write("a", bytes(1));
    folder.children.delete("a");
    expect(await store.find("a")).toBeUndefined();
  });

  it("leaves a file that cannot be removed, and still counts it", async () => {
    const store = await open();
    await store.write("a-1", bytes(1));
    await store.write("a-2", bytes(1));
    const remove = folder.removeEntry.bind(folder);
    folder.removeEntry = (name) => (name === "a-1" ? gone() : remove(name));
    await store.removeShards([{ textSha256: "a" }]);
    expect([...folder.children.keys()]).toEqual(["a-1"]);
    expect(await store.totalBytes()).toBe(100);
  });

  it("says that its open file was cut, rather than give zeros for tokens", async () => {
    const file = await (await open()).write("a", bytes(1));
    expect(await part(file, 0, 2)).toEqual([1, 1]); // its handle stays open
    Object.assign(folder.children.get("a")!, { bytes: bytes(1, 50) });
    await expect(part(file, 40, 20)).rejects.toThrow("read 10 of 20 bytes");
  });
});

describe("storage that takes no more", () => {
  it("counts nothing for an entry that could not be replaced", async () => {
    const store = await open();
    await store.write("a", bytes(1));
    folder.room = 50;
    const file = await store.write("a", bytes(2));
    expect(await part(file, 0, 100)).toEqual([...bytes(2)]);
    expect(store.note).toContain("(the disk is full)");
    expect([folder.children.size, folder.open.size]).toEqual([0, 0]);
    expect(await store.find("a")).toBeUndefined();
    expect(await store.totalBytes()).toBe(0);
  });

  it("is a folder that cannot be listed: tokens are kept in memory, and nothing is found", async () => {
    folder.entries = () => {
      throw new DOMException("storage is broken", "UnknownError");
    };
    const store = await open();
    expect(await store.find("a")).toBeUndefined();
    expect(await part(await store.write("a", bytes(3)), 0, 1)).toEqual([3]);
    expect(store.note).toContain("(storage is broken)");
  });
});

it("holds a bounded number of files open, and reads those it closed", async () => {
  const store = await open();
  const files = [];
  for (let i = 0; i < 520; i++) files.push(await store.write(`k${i}`, bytes(i % 251)));
  for (const [i, file] of files.entries()) expect(await part(file, 99, 1)).toEqual([i % 251]);
  expect(folder.open.size).toBe(512);
  expect(folder.open.has("k7")).toBe(false);
  expect(await part(files[7]!, 0, 1)).toEqual([7]); // opened again, for the oldest of the others
  expect([folder.open.size, folder.open.has("k7"), folder.open.has("k8")]).toEqual([512, true, false]);
});
