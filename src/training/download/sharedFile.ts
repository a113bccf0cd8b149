// A file that comes once and is read by several, each from its start and while it still comes. Holds it whole, once.
import { chunksOf } from "../../core/formats/sourceFile.ts";

export interface SharedFile {
  /** Pieces of the bytes that are held: not to be written into. */
  stream(): ReadableStream<Uint8Array>;
  /** All of it, once it is here; nor this. Rejects as the source did, which every reader is told. */
  readonly whole: Promise<Uint8Array<ArrayBuffer>>;
}

/** What a server says of a size is believed up to here; beyond, room is made as bytes come. */
const MOST_ROOM = 2 ** 26;
const FIRST_ROOM = 2 ** 16;

/**
 * @param source read to its end at once, whoever reads
 * @param size of the file, where it was told
 */
export function shareFile(source: ReadableStream<Uint8Array>, size = FIRST_ROOM): SharedFile {
  let held = new Uint8Array(Math.min(size, MOST_ROOM));
  let filled = 0;
  let tell = () => {};
  let more = new Promise<void>((resolve) => (tell = resolve));
  const collect = async () => {
    for await (const part of chunksOf(source)) {
      if (filled + part.length > held.length) {
        const longer = new Uint8Array(Math.max(2 * held.length, filled + part.length));
        longer.set(held.subarray(0, filled));
        held = longer;
      }
      held.set(part, filled);
      filled += part.length;
      tell();
      more = new Promise<void>((resolve) => (tell = resolve));
    }
    return held.subarray(0, filled);
  };
  const whole = collect();
  let ended = false;
  const end = whole.then(
    () => void (ended = true),
    () => void (ended = true),
  );
  return {
    whole,
    stream() {
      let next = 0;
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            while (next === filled && !ended) await Promise.race([more, end]);
            if (next < filled) {
              const part = held.subarray(next, filled);
              next = filled;
              return controller.enqueue(part);
            }
            await whole;
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
