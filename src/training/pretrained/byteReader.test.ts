// Any stream, cut into any chunks, gives the same pieces, count and hash; its end comes where it should or is told.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteReader } from "./byteReader.ts";

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 256);

/** A stream of these chunks; says whether it was cancelled. */
function streamOf(chunks: readonly Uint8Array[], end?: Error) {
  const seen = { cancelled: false };
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < chunks.length) controller.enqueue(chunks[at++]!);
      else if (end) controller.error(end);
      else controller.close();
    },
    cancel: () => void (seen.cancelled = true),
  });
  return { stream, seen };
}
const cutAt = (places: readonly number[]) => {
  const sorted = [0, ...[...places].sort((a, b) => a - b), BYTES.length];
  return sorted.slice(1).map((end, i) => BYTES.subarray(sorted[i], end)); // some of them empty
};

describe("createByteReader", () => {
  it("takes and skips across chunks of any size, counting and hashing every byte once", async () => {
    const steps = fc.array(fc.record({ n: fc.nat(40), isSkipped: fc.boolean() }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(100), { maxLength: 10 }), steps, async (places, asked) => {
        let told = 0;
        const reader = createByteReader(streamOf(cutAt(places)).stream, "a", (n) => (told += n));
        let at = 0;
        for (const { n, isSkipped } of asked) {
          if (at + n > BYTES.length) break;
          if (isSkipped) await reader.skip(n);
          else expect(Buffer.compare(await reader.take(n), BYTES.subarray(at, at + n))).toBe(0);
          at += n;
        }
        await reader.skip(BYTES.length - at);
        expect(await reader.finish()).toBe(createHash("sha256").update(BYTES).digest("hex"));
        expect(told).toBe(BYTES.length);
      }),
    );
  });

  it.each(["take", "skip"] as const)("tells where a file ends too early, at %s", async (method) => {
    const reader = createByteReader(streamOf([BYTES.subarray(0, 30), BYTES.subarray(30, 50)]).stream, "x/y");
    await reader.take(10);
    await expect(reader[method](45)).rejects.toThrow("x/y ends after 50 bytes, 5 too early: it is cut short");
  });

  it("tells where a file goes on after its end, in the same chunk or a later one", async () => {
    for (const chunks of [[BYTES], [BYTES.subarray(0, 60), new Uint8Array(0), BYTES.subarray(60)]]) {
      const reader = createByteReader(streamOf(chunks).stream, "x/y");
      await reader.skip(60);
      await expect(reader.finish()).rejects.toThrow("x/y goes on after its last tensor: it was added to");
    }
  });

  it("hands on a stream's own error, and can then be cancelled", async () => {
    const reader = createByteReader(streamOf([BYTES], new Error("connection reset")).stream, "a");
    await reader.take(100);
    await expect(reader.take(1)).rejects.toThrow("connection reset");
    await expect(reader.cancel()).resolves.toBeUndefined();
  });

  it("ends its stream when it is cancelled", async () => {
    const { stream, seen } = streamOf([BYTES, BYTES]);
    const reader = createByteReader(stream, "a");
    await reader.take(5);
    await reader.cancel();
    expect(seen.cancelled).toBe(true);
  });

  it("of an empty file gives nothing and the hash of nothing", async () => {
    const reader = createByteReader(streamOf([]).stream, "a");
    expect(await reader.take(0)).toHaveLength(0);
    expect(await reader.finish()).toBe(createHash("sha256").digest("hex"));
  });
});
