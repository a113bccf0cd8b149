// Small files: never more held than their kind may have, and text that is none is refused by name.
import { describe, expect, it } from "vitest";
import {
  blobFiles,
  checkSize,
  collect,
  readJson,
  readText,
  type CheckpointFiles,
} from "./checkpointFiles.ts";

const folder = (files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>): CheckpointFiles =>
  blobFiles("mine", new Map(Object.entries(files).map(([name, content]) => [name, new Blob([content])])));

describe("collect", () => {
  const endless = () => {
    const seen = { pulled: 0, cancelled: false };
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        seen.pulled++;
        controller.enqueue(new Uint8Array(10));
      },
      cancel: () => void (seen.cancelled = true),
    });
    return { seen, stream };
  };

  it("stops a stream without end once it has more than it may", async () => {
    const { seen, stream } = endless();
    await expect(collect({ bytes: undefined, stream }, "mine/a", 35)).rejects.toThrow(
      "mine/a has 40 bytes; a file of its kind may have 35",
    );
    expect(seen.cancelled).toBe(true);
    expect(seen.pulled).toBeLessThan(7);
  });

  it("does not begin to read what is stated to be too long, and ends it", async () => {
    const { seen, stream } = endless();
    await expect(collect({ bytes: 36, stream }, "mine/a", 35)).rejects.toThrow("has 36 bytes");
    expect(seen.cancelled).toBe(true); // or its connection would stay open
  });

  it("takes exactly as much as it may, whatever was stated", async () => {
    const stream = new Blob(["12345"]).stream();
    expect(await collect({ bytes: 3, stream }, "mine/a", 5)).toEqual(new TextEncoder().encode("12345"));
    expect(() => checkSize("mine/a", 5, 5)).not.toThrow();
  });
});

describe("a folder of files", () => {
  it("has what is in it, under its whole path only", async () => {
    const files = folder({ "a/b.json": "{}" });
    expect(await readJson(files, "a/b.json", 10)).toEqual({});
    for (const name of ["b.json", "a", "A/b.json", "a/../a/b.json", ""]) {
      expect(await files.read(name, 10), name).toBeUndefined();
      expect(await files.open(name), name).toBeUndefined();
      expect(await readJson(files, name, 10), name).toBeUndefined();
    }
  });

  it("says how long a file is that is too long, before it reads it", async () => {
    await expect(folder({ a: "123456" }).read("a", 5)).rejects.toThrow(
      "mine/a has 6 bytes; a file of its kind may have 5",
    );
  });

  it("drops a byte order mark and refuses what is no text", async () => {
    expect(await readText(folder({ a: "\ufeffä" }), "a", 10)).toBe("ä");
    await expect(readText(folder({ a: Uint8Array.of(0x61, 0xff) }), "a", 10)).rejects.toThrow(
      "mine/a is no UTF-8 text",
    );
  });

  it.each(["{", "", "NaN", "{'a':1}", "[1,]"])("refuses %j, which is no JSON", async (text) => {
    await expect(readJson(folder({ a: text }), "a", 10)).rejects.toThrow(/^mine\/a is not JSON \(.+\)$/);
  });
});
