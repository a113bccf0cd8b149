// The lab's own weights: fetched once, kept under their hash, and fetched again without a word where that fails.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { blobFiles, type CheckpointFiles } from "../pretrained/checkpointFiles.ts";
import type { DownloadShelf } from "./downloadShelf.ts";
import { createShippedFiles } from "./keptShipped.ts";
import { opfsShelf } from "./opfsShelf.ts";

const WEIGHTS = "model.safetensors";
const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
const sha256 = createHash("sha256").update(bytes).digest("hex");

/** The page's server: counts what it is asked for. */
function server(content = bytes): { far: CheckpointFiles; asked: string[] } {
  const asked: string[] = [];
  const blobs = new Map([
    [WEIGHTS, new Blob([content])],
    ["config.json", new Blob(["{}"])],
  ]);
  const far = blobFiles("mini", blobs);
  return {
    asked,
    far: { ...far, open: (name) => (asked.push(name), far.open(name)) },
  };
}

const newShelf = (limit = 1000): DownloadShelf =>
  opfsShelf(new FakeFolder() as unknown as FileSystemDirectoryHandle, limit);

const read = async (files: CheckpointFiles) => {
  const opened = await files.open(WEIGHTS);
  const body = opened!.stream as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Uint8Array(await new Response(body).arrayBuffer());
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

describe("the weights of a shipped encoder", () => {
  it("are fetched once: the header and the rest from one answer, the next visit from the shelf", async () => {
    const { far, asked } = server();
    const shelf = newShelf();
    const files = createShippedFiles(Promise.resolve(shelf), () => sha256).of("mini", far);
    await (await files.open(WEIGHTS))!.stream.cancel(); // who only wants the header
    expect(await read(files)).toEqual(bytes);
    await settled();
    expect(await read(files)).toEqual(bytes);
    const nextVisit = createShippedFiles(Promise.resolve(shelf), () => sha256).of("mini", far);
    expect(await read(nextVisit)).toEqual(bytes);
    expect(asked).toEqual([WEIGHTS]);
    await nextVisit.open("config.json");
    expect(asked).toEqual([WEIGHTS, "config.json"]); // small files are the page's
  });

  it("are fetched again where what was kept is damaged or another lab's", async () => {
    const shelf = newShelf();
    const first = server();
    await read(createShippedFiles(Promise.resolve(shelf), () => sha256).of("mini", first.far));
    await settled();
    const part = (await shelf.folder("mini"))!.part(WEIGHTS);
    await part.restart({ url: "", etag: null, lastModified: null });
    await part.append(Uint8Array.from(bytes, (byte) => 255 - byte));
    const again = server();
    const files = createShippedFiles(Promise.resolve(shelf), () => sha256).of("mini", again.far);
    expect(await read(files)).toEqual(bytes);
    expect(again.asked).toEqual([WEIGHTS]);
    await settled();
    const other = server(bytes.slice(1));
    const otherSha = createHash("sha256").update(bytes.slice(1)).digest("hex");
    const newer = createShippedFiles(Promise.resolve(shelf), () => otherSha).of("mini", other.far);
    expect(await read(newer)).toEqual(bytes.slice(1));
    expect(other.asked).toEqual([WEIGHTS]);
  });

  it("stay in memory where nothing can be kept, and only the last ones", async () => {
    for (const shelf of [undefined, newShelf(10)]) {
      const { far, asked } = server();
      const shipped = createShippedFiles(Promise.resolve(shelf), () => sha256);
      for (let i = 0; i < 3; i++) {
        expect(await read(shipped.of("mini", far))).toEqual(bytes);
        await settled();
      }
      expect(asked).toHaveLength(1);
      await read(shipped.of("weak", far));
      await read(shipped.of("mini", far));
      expect(asked).toHaveLength(3);
    }
  });

  it("are kept before anybody reads them, once", async () => {
    const { far, asked } = server();
    const shelf = newShelf();
    const keep = () => createShippedFiles(Promise.resolve(shelf), () => sha256).keep("mini", far);
    expect([await keep(), await keep()]).toEqual([true, true]);
    expect(await read(createShippedFiles(Promise.resolve(shelf), () => sha256).of("mini", far))).toEqual(
      bytes,
    );
    expect(asked).toEqual([WEIGHTS]);
  });

  it("are not kept where storage is refused or too small, and another lab’s never", async () => {
    const { far } = server();
    const keepOn = (shelf: DownloadShelf | undefined, hash: string | undefined) =>
      createShippedFiles(Promise.resolve(shelf), () => hash).keep("mini", far);
    expect(await keepOn(undefined, sha256)).toBe(false);
    expect(await keepOn(newShelf(10), sha256)).toBe(false);
    expect(await keepOn(newShelf(), sha256.replace(/^./, "x"))).toBe(false);
    expect(await keepOn(newShelf(), undefined)).toBe(false);
  });

  it("are asked for again after a failure", async () => {
    const { far, asked } = server();
    let isDown = true;
    const cut = new ReadableStream<Uint8Array>({ start: (own) => own.error(new Error("cut off")) });
    const shaky: CheckpointFiles = {
      ...far,
      open: (name) => (isDown ? Promise.resolve({ bytes: 100, stream: cut }) : far.open(name)),
    };
    const files = createShippedFiles(Promise.resolve(newShelf()), () => sha256).of("mini", shaky);
    await expect(read(files)).rejects.toThrow("cut off");
    isDown = false;
    expect(await read(files)).toEqual(bytes);
    expect(asked).toHaveLength(1);
  });
});
