// What every shelf promises, on disk and in private storage, also while another process or tab is at it.
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskShelf } from "../../cli/files/nodeShelf.ts";
import { hubId, parseEncoderId } from "../../core/encoders/encoderId.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { folderName, makeRoom, type DownloadShelf, type ShelfFolder } from "./downloadShelf.ts";
import { opfsShelf } from "./opfsShelf.ts";

let home: string;
let shelves = 0;
beforeAll(async () => void (home = await mkdtemp(path.join(tmpdir(), "lab-shelves-"))));
afterAll(() => rm(home, { recursive: true, force: true }));

interface Shelf {
  readonly shelf: DownloadShelf;
  /** Lets a file of one checkpoint be listed that is gone when it is looked at. */
  vanish(id: string): Promise<void>;
}
const onDisk = (limit: number): Shelf => {
  const root = path.join(home, String(shelves++));
  const vanish = (id: string) =>
    symlink(path.join(root, "nowhere"), path.join(root, folderName(id)!, "gone"));
  return { shelf: createDiskShelf(root, limit), vanish };
};
const inPrivateStorage = (limit: number): Shelf => {
  const root = new FakeFolder();
  const vanish = async (id: string) => {
    const folder = await root.getDirectoryHandle(folderName(id)!);
    const handle = await folder.getFileHandle("x.facts.json");
    const gone = () => Promise.reject(new DOMException("not there", "NotFoundError"));
    const { entries } = folder;
    folder.entries = async function* (this: FakeFolder) {
      yield* entries.call(folder);
      yield ["gone", { ...handle, getFile: gone }] as const;
    };
  };
  return { shelf: opfsShelf(root as unknown as FileSystemDirectoryHandle, limit), vanish }; // the part it uses
};

const VALIDATOR = { url: "u", etag: null, lastModified: null };
async function put(folder: ShelfFolder, name: string, size: number): Promise<void> {
  const part = folder.part(name);
  await part.restart(VALIDATOR);
  await part.append(new Uint8Array(size).fill(7));
  await part.finish();
  await folder.writeFacts(name, "{}");
}
const later = () => new Promise((resolve) => setTimeout(resolve, 10)); // one tick of the clock has no order

describe.each([
  ["disk", onDisk],
  ["private storage", inPrivateStorage],
])("a shelf on %s", (_, open) => {
  it("keeps files of names with and without folders apart, and those of each checkpoint", async () => {
    const { shelf } = open(1000);
    const [a, b] = [(await shelf.folder("hf:a/one"))!, (await shelf.folder("hf:a/two"))!];
    for (const [i, name] of ["x", "1/x", "1%2Fx", "x.part", "ä/😀"].entries()) {
      await put(a, name, i + 1);
      await a.writeFacts(name, name);
    }
    for (const [i, name] of ["x", "1/x", "1%2Fx", "x.part", "ä/😀"].entries()) {
      expect((await a.whole(name))?.size, name).toBe(i + 1);
      expect(await a.readFacts(name), name).toBe(name);
      expect(await b.whole(name), name).toBeUndefined();
      expect(await b.readFacts(name), name).toBeUndefined();
    }
  });

  it("replaces what it knew of a file, longer or shorter", async () => {
    const folder = (await open(1000).shelf.folder("hf:a/one"))!;
    for (const text of ["long and known", "short", ""]) {
      await folder.writeFacts("x", text);
      expect(await folder.readFacts("x")).toBe(text);
    }
  });

  it("lists nothing at first, then the last used first, and forgets what is removed", async () => {
    const { shelf } = open(1000);
    expect(await shelf.list()).toEqual([]);
    for (const id of ["hf:a/one", "hf:a/two@v1"]) {
      await put((await shelf.folder(id))!, "x", 5);
      await later();
    }
    const ids = async () => (await shelf.list()).map(({ id }) => id);
    expect(await ids()).toEqual(["hf:a/two@v1", "hf:a/one"]);
    await (await shelf.folder("hf:a/one"))!.writeFacts("x", "{}");
    expect(await ids()).toEqual(["hf:a/one", "hf:a/two@v1"]);
    await shelf.remove("hf:a/one");
    await shelf.remove("hf:a/one");
    await shelf.remove("x".repeat(300));
    expect(await ids()).toEqual(["hf:a/two@v1"]);
    expect(await shelf.folder("hf:a/" + "x".repeat(300))).toBeUndefined();
  });

  it("lists what is left of a checkpoint that another one is writing or removing", async () => {
    const { shelf, vanish } = open(1000);
    await put((await shelf.folder("hf:a/one"))!, "x", 5);
    await vanish("hf:a/one");
    const [kept, ...more] = await shelf.list();
    expect([kept!.id, more]).toEqual(["hf:a/one", []]);
    expect(await makeRoom(shelf, "hf:a/two", 999)).toBe(true); // the one that is there makes way
    expect(await shelf.list()).toEqual([]);
  });
});

it("names a folder for every id of a checkpoint that a spec can hold, each its own", () => {
  const part = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
  const revision = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,30}$/);
  fc.assert(
    fc.property(part, part, revision, (owner, name, at) => {
      const id = hubId(`${owner}/${name}`, at);
      if (parseEncoderId(id) === undefined) return; // ".." in it
      const folder = folderName(id)!;
      expect(folder).not.toMatch(/[/\\]|^\.+$/);
      expect(decodeURIComponent(folder)).toBe(id);
    }),
  );
});
