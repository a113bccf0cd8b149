// One file for several readers: early, late, and when it breaks.
import { describe, expect, it } from "vitest";
import { shareFile } from "./sharedFile.ts";

const read = async (stream: ReadableStream<Uint8Array>) => [
  ...new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()),
];

/** A source that sends when it is told to. */
function source() {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({ start: (own) => void (controller = own) });
  return {
    stream,
    send: (...bytes: number[]) => controller.enqueue(Uint8Array.from(bytes)),
    close: () => controller.close(),
    fail: () => controller.error(new Error("cut off")),
  };
}

describe("a shared file", () => {
  it("gives each reader all of it, while it comes and afterwards", async () => {
    const { stream, send, close } = source();
    const file = shareFile(stream);
    const early = read(file.stream());
    send(1, 2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const late = read(file.stream());
    send(3);
    close();
    expect(await Promise.all([early, late, read(file.stream())])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect([...(await file.whole)]).toEqual([1, 2, 3]);
  });

  it.each([0, 1, 5, 1e15])("is whole whatever size was told before: %d bytes", async (size) => {
    const { stream, send, close } = source();
    const file = shareFile(stream, size);
    const early = read(file.stream());
    for (const byte of [1, 2, 3]) send(byte);
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const byte of [4, 5]) send(byte, byte);
    close();
    const all = [1, 2, 3, 4, 4, 5, 5];
    expect(await Promise.all([early, read(file.stream())])).toEqual([all, all]);
    expect([...(await file.whole)]).toEqual(all);
  });

  it("goes on when a reader wants no more", async () => {
    const { stream, send, close } = source();
    const file = shareFile(stream);
    const reader = file.stream().getReader();
    send(1);
    expect((await reader.read()).value).toEqual(Uint8Array.of(1));
    await reader.cancel();
    send(2);
    close();
    expect(await read(file.stream())).toEqual([1, 2]);
  });

  it("tells every reader why it broke", async () => {
    const { stream, send, fail } = source();
    const file = shareFile(stream);
    const early = read(file.stream());
    send(1);
    fail();
    await expect(early).rejects.toThrow("cut off");
    await expect(file.whole).rejects.toThrow("cut off");
    await expect(read(file.stream())).rejects.toThrow("cut off");
  });
});
