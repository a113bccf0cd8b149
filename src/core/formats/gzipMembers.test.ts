// Members of gzip files, found by the sizes and headers they are made of; Node's decompressor stands for a browser's, and is
// shown to get one member at a time.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { gunzipMembers } from "./gzipMembers.ts";
import { concatenate } from "./readText.ts";
import { blobFile } from "./sourceFile.ts";

/** The content, how many decompressors were begun, and how often the input was opened. */
async function read(packed: Uint8Array, chunkBytes = 2 ** 14) {
  const seen = { members: 0, opened: 0 };
  const open = () => {
    seen.opened++;
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= packed.byteLength) return controller.close();
        controller.enqueue(packed.slice(at, at + chunkBytes));
        at += chunkBytes;
      },
    });
  };
  const decompress = () => {
    seen.members++;
    return new DecompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of gunzipMembers(open, { decompress })) pieces.push(piece);
  return { content: Buffer.from(concatenate(pieces)), ...seen };
}

const text = (n: number) => Buffer.from(Array.from({ length: n }, (_, i) => `line ${i * 7919}\n`).join(""));

describe("gzip members", () => {
  it.each([1, 7, 2 ** 10, 2 ** 20])(
    "are read one after the other, the input in chunks of %i",
    async (chunk) => {
      const parts = [text(3), Buffer.from(""), text(2000), text(1)];
      const packed = concatenate(parts.map((part) => gzipSync(part)));
      const { content, members, opened } = await read(packed, chunk);
      expect(content.equals(Buffer.concat(parts))).toBe(true);
      expect([members, opened]).toEqual([4, 1]);
    },
  );

  it("are many, as in a block-wise packed file", async () => {
    const parts = Array.from({ length: 500 }, (_, i) => Buffer.from(`block ${i}\n`));
    const { content, members } = await read(concatenate(parts.map((part) => gzipSync(part))));
    expect([content.equals(Buffer.concat(parts)), members]).toEqual([true, 500]);
  });

  it("may hold gzip files themselves, unpacked to what was put in", async () => {
    const inner = concatenate([gzipSync(randomBytes(50_000)), gzipSync(randomBytes(50_000))]);
    const outer = gzipSync(inner, { level: 0 }); // stored, so the inner headers stand in the outer bytes as they are
    const { content, opened } = await read(concatenate([outer, gzipSync("end")]));
    expect(content.equals(Buffer.concat([inner, Buffer.from("end")]))).toBe(true);
    expect(opened).toBeLessThanOrEqual(9);
  });

  it("stop being looked for where many starts are false, so that no file is read more than nine times", async () => {
    const inner = concatenate(Array.from({ length: 200 }, () => gzipSync(randomBytes(300))));
    const { content, opened } = await read(gzipSync(inner, { level: 0 }));
    expect(content.equals(Buffer.from(inner))).toBe(true);
    expect(opened).toBeLessThanOrEqual(9);
  });

  it("that are cut, or damaged, are refused", async () => {
    const packed = concatenate([gzipSync(text(100)), gzipSync(text(100))]);
    await expect(read(packed.slice(0, -3))).rejects.toThrow();
    const damaged = packed.slice();
    damaged[damaged.length - 6]! ^= 1; // of the last checksum
    await expect(read(damaged)).rejects.toThrow();
  });

  it("tell an error of the input as it is", async () => {
    const broken = () => {
      throw new Error("the disk is gone");
    };
    await expect(gunzipMembers(broken).next()).rejects.toThrow("the disk is gone");
  });

  it("can be left early", async () => {
    const packed = gzipSync(randomBytes(2 ** 20));
    const members = gunzipMembers(() => blobFile("a.gz", new Blob([packed])).stream());
    expect((await members.next()).done).toBe(false);
    expect(await members.return(undefined)).toEqual({ done: true, value: undefined });
  });
});
