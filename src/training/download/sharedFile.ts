// A file that comes once and is read by several, each from its start and while it still comes. Holds it whole.
import { chunksOf } from "../../core/formats/sourceFile.ts";

export interface SharedFile {
  stream(): ReadableStream<Uint8Array>;
  /** All of it, once it is here. Rejects as the source did, which every reader is told. */
  readonly whole: Promise<Blob>;
}

/** @param source read to its end at once, whoever reads */
export function shareFile(source: ReadableStream<Uint8Array>): SharedFile {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let tell = () => {};
  let more = new Promise<void>((resolve) => (tell = resolve));
  const collect = async () => {
    for await (const part of chunksOf(source)) {
      parts.push(part as Uint8Array<ArrayBuffer>); // never shared memory here
      tell();
      more = new Promise<void>((resolve) => (tell = resolve));
    }
    return new Blob(parts);
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
            while (next === parts.length && !ended) await Promise.race([more, end]);
            const part = parts[next++];
            if (part) return controller.enqueue(part);
            await whole;
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
