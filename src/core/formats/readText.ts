// A file's bytes to checked text, whole or line by line. UTF-8 only; never guesses an encoding, never cuts in silence.
import { DataError } from "../inputError.ts";
import { foreignContent } from "./foreignContent.ts";
import { inMiB, MAX_LINE_BYTES, MAX_WHOLE_BYTES } from "./limits.ts";
import { chunksOf, type SourceFile } from "./sourceFile.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** One line without its break. `where` = "file line n", for errors. */
export interface Line {
  readonly text: string;
  readonly number: number; // from 1
  readonly where: string;
}

/** @throws DataError when the file is not UTF-8 or larger than `maxBytes`; a byte order mark is dropped */
export async function readText(file: SourceFile, maxBytes: number = MAX_WHOLE_BYTES): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of atMost(file, maxBytes)) parts.push(chunk.slice()); // a copy: the stream may reuse its buffer
  return decode(concatenate(parts), file.name, true);
}

/** The text of `readText` as it comes, for parsers that take it in pieces. @throws DataError as there */
export async function* textPieces(
  file: SourceFile,
  maxBytes: number = MAX_WHOLE_BYTES,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of atMost(file, maxBytes)) yield decode(chunk, file.name, decoder);
  yield decode(undefined, file.name, decoder);
}

async function* atMost(file: SourceFile, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunksOf(file.stream())) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new DataError(`${file.name}: is larger than the ${inMiB(maxBytes)} read at once`);
    yield chunk;
  }
}

/**
 * Lines in order, "\n" or "\r\n" between them; an unfinished last line counts. A byte order mark is dropped.
 * Memory: one chunk of the stream and one line.
 *
 * @throws DataError naming file and line that is not UTF-8 or longer than `maxBytes`
 */
export async function* readLines(file: SourceFile, maxBytes: number = MAX_LINE_BYTES): AsyncGenerator<Line> {
  let number = 0;
  let held: Uint8Array[] = []; // the pieces of the line that is not finished
  let heldBytes = 0;
  const hold = (piece: Uint8Array) => {
    held.push(piece);
    heldBytes += piece.byteLength;
    if (heldBytes > maxBytes) {
      throw new DataError(
        `${file.name} line ${number + 1}: is longer than the ${inMiB(maxBytes)} a line may have`,
      );
    }
  };
  const finish = (): Line => {
    const bytes = held.length === 1 ? held[0]! : concatenate(held);
    held = [];
    heldBytes = 0;
    const where = `${file.name} line ${++number}`;
    const end = bytes.byteLength - (bytes.at(-1) === CARRIAGE_RETURN ? 1 : 0);
    return { text: decode(bytes.subarray(0, end), where, number === 1), number, where };
  };
  for await (const chunk of chunksOf(file.stream())) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      hold(chunk.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    if (from < chunk.byteLength) hold(chunk.slice(from)); // a copy: the stream may reuse its buffer
  }
  if (heldBytes > 0) yield finish();
}

const decoders = [true, false].map((ignoreBOM) => new TextDecoder("utf-8", { fatal: true, ignoreBOM }));

/** @param by whether it is the start of a file; or the decoder of a file's pieces, to which no bytes are its end */
function decode(bytes: Uint8Array | undefined, where: string, by: boolean | TextDecoder): string {
  try {
    if (typeof by !== "boolean") return by.decode(bytes, { stream: bytes !== undefined });
    return decoders[by ? 1 : 0]!.decode(bytes);
  } catch (cause) {
    const foreign = by === true && bytes ? foreignContent(bytes) : undefined;
    throw new DataError(`${where}: ${foreign ?? "is not UTF-8; save the file as UTF-8"}`, { cause });
  }
}

/** The pieces end to end. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
