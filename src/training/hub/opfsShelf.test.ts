// The shelf in private storage: what is kept of each checkpoint, and in which order it was used.
import { expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { openOpfsShelf, opfsShelf } from "./opfsShelf.ts";

it("keeps files and facts by checkpoint, lists the last used first, and forgets what is removed", async () => {
  const root = new FakeFolder() as unknown as FileSystemDirectoryHandle;
  const shelf = opfsShelf(root, 100);
  const validator = { url: "u", etag: null, lastModified: null };
  const noted = JSON.stringify(validator).length;
  for (const [id, bytes] of [
    ["a/one@main", 3],
    ["b/two@main", 5],
  ] as const) {
    const folder = (await shelf.folder(id))!;
    expect([await folder.whole("x/y.bin"), await folder.readFacts("x/y.bin")]).toEqual([
      undefined,
      undefined,
    ]);
    const part = folder.part("x/y.bin");
    await part.restart(validator);
    await part.append(new Uint8Array(bytes).fill(7));
    await part.finish();
    await folder.writeFacts("x/y.bin", "{}");
  }
  const first = (await shelf.folder("a/one@main"))!;
  await first.writeFacts("x/y.bin", "known"); // used again, after the second
  expect(await first.readFacts("x/y.bin")).toBe("known");
  expect([...(await (await first.whole("x/y.bin"))!.bytes(0, 9))]).toEqual([7, 7, 7]);
  // bytes: the file, its part's validator and the facts
  const listed = (await shelf.list()).map(({ id, bytes }) => [id, bytes]);
  expect(listed).toEqual([
    ["a/one@main", 3 + noted + 5],
    ["b/two@main", 5 + noted + 2],
  ]);
  await shelf.remove("a/one@main");
  expect((await shelf.list()).map(({ id }) => id)).toEqual(["b/two@main"]);
  await shelf.remove("a/one@main"); // nothing happens
  expect(await shelf.folder("x".repeat(201))).toBeUndefined();
});

it("is none where there is no private storage", async () => {
  expect(await openOpfsShelf(undefined, () => Promise.reject(new Error("refused")))).toBeUndefined();
});
