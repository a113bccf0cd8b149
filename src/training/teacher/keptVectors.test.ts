// What is kept of a teacher comes back bit for bit, or not at all; a kill while a block is written costs that block.
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDiskShelf } from "../../cli/files/nodeShelf.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import type { DownloadShelf } from "../hub/downloadShelf.ts";
import { opfsShelf } from "../hub/opfsShelf.ts";
import { openKeptVectors } from "./keptVectors.ts";

let home: string;
let shelves = 0;
beforeAll(async () => void (home = await mkdtemp(path.join(tmpdir(), "lab-vectors-"))));
afterAll(() => rm(home, { recursive: true, force: true }));

const ABOUT = { id: "local:teacher", about: "weights on a device", width: 2 };
const key = (n: number) => n.toString(16).padStart(32, "0");
const open = (shelf: DownloadShelf, about: Partial<typeof ABOUT> = {}, said: string[] = []) =>
  openKeptVectors(shelf, { ...ABOUT, ...about }, (sentence) => said.push(sentence));

/** All that is kept, by the number of its key. */
async function everything(shelf: DownloadShelf, about: Partial<typeof ABOUT> = {}) {
  const found: [number, ...number[]][] = [];
  await open(shelf, about).take(
    () => true,
    (name, vector) => found.push([parseInt(name, 16), ...vector]),
  );
  return found;
}

/** Blocks of one, two and one texts. */
async function filled(shelf: DownloadShelf): Promise<void> {
  const kept = open(shelf);
  await kept.take(
    () => true,
    () => expect.fail("nothing is kept yet"),
  );
  await kept.add([key(1)], Float32Array.of(0.1, 0.2));
  await kept.add([key(2), key(3)], Float32Array.of(0.3, 0.4, -0, 1e-40));
  await kept.add([key(4)], Float32Array.of(5, 6));
}
const f = Math.fround;
const [ONE, TWO, THREE, FOUR] = [
  [1, f(0.1), f(0.2)],
  [2, f(0.3), f(0.4)],
  [3, -0, f(1e-40)],
  [4, 5, 6],
];

describe.each([
  ["disk", () => createDiskShelf(path.join(home, String(shelves++)), 1000)],
  [
    "private storage",
    () => opfsShelf(new FakeFolder() as unknown as FileSystemDirectoryHandle, 1000), // the part it uses
  ],
] as const)("vectors kept on %s", (_, shelfOf) => {
  it("come back to a later run, those it wants", async () => {
    const shelf = shelfOf();
    await filled(shelf);
    expect(await everything(shelf)).toEqual([ONE, TWO, THREE, FOUR]);
    const some: string[] = [];
    await open(shelf).take(
      (name) => name === key(3),
      (name) => some.push(name),
    );
    expect(some).toEqual([key(3)]);
  });

  it("are those of one teacher, one device and one width", async () => {
    const shelf = shelfOf();
    await filled(shelf);
    expect(await everything(shelf, { about: "weights on another device" })).toEqual([]);
    expect(await everything(shelf, { width: 3 })).toEqual([]);
    expect(await everything(shelf)).toHaveLength(4);
    expect(await everything(shelf, { id: "hf:the/same" })).toHaveLength(4);
    expect((await shelf.list())[0]!.id).toMatch(/^local:teacher#[0-9a-f]{12}$/);
  });

  it("stay within the shelf: of another teacher go first, and then nothing more is kept", async () => {
    const shelf = shelfOf();
    await filled(shelf);
    const other = open(shelf, { about: "another" });
    await other.take(
      () => false,
      () => undefined,
    );
    const vectors = new Float32Array(2 * 30);
    const keys = Array.from({ length: 30 }, (_, i) => key(i));
    await other.add(keys, vectors); // 30 * 24 bytes, and those before have 244
    expect(await everything(shelf)).toEqual([]);
    await other.add(keys, vectors); // 1,400 bytes
    expect(await everything(shelf, { about: "another" })).toHaveLength(30);
  });
});

describe("a damaged file", () => {
  const spoiled = async (spoil: (file: string) => Promise<void>) => {
    const root = path.join(home, String(shelves++));
    const shelf = createDiskShelf(root, 10_000);
    await filled(shelf);
    const [folder] = await readdir(root);
    await spoil(path.join(root, folder!, "vectors.part"));
    return shelf;
  };

  it("gives the blocks that are whole, and takes more behind one that was cut", async () => {
    const shelf = await spoiled(async (file) => truncate(file, (await readFile(file)).length - 3));
    expect(await everything(shelf)).toEqual([ONE, TWO, THREE]);
    const kept = open(shelf);
    await kept.take(
      () => true,
      () => undefined,
    );
    await kept.add([key(9)], Float32Array.of(7, 8));
    expect(await everything(shelf)).toEqual([ONE, TWO, THREE, [9, 7, 8]]);
  });

  it("passes over a block with a changed bit, and bytes that are none", async () => {
    const shelf = await spoiled(async (file) => {
      const bytes = await readFile(file);
      bytes[90] = bytes[90]! ^ 1; // in the second block
      await writeFile(file, bytes);
      await appendFile(file, "labVecs1 and what is no block");
    });
    expect((await everything(shelf)).map(([n]) => n)).not.toContain(2);
    expect(await everything(shelf)).toEqual(expect.arrayContaining([FOUR]));
  });

  it("that cannot be read or written is said once, and stops nothing", async () => {
    const said: string[] = [];
    const refuse = () => Promise.reject(new Error("the disk is gone"));
    const kept = open({ limitBytes: 1, folder: refuse, list: refuse, remove: refuse }, {}, said);
    await kept.take(
      () => true,
      () => undefined,
    );
    await kept.add([key(1)], Float32Array.of(1, 2));
    expect(said).toEqual(["The vectors of local:teacher are not kept for later runs: the disk is gone"]);
  });
});
