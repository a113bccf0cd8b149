// Gzip files of several members, one after the other, as `cat a.gz b.gz`, bgzip and parallel packers make them. A browser's own
// decompressor refuses what follows the first member and does not say where that ended, so the ends are looked for here.
import { chunksOf } from "./sourceFile.ts";

/** Input goes in by pieces of this size, so that little of it is under way when a member's stated size is compared. */
const PIECE_BYTES = 2 ** 16;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8; // checksum and size of the content, both of 32 bits
const UNDER_WAY_BYTES = 4 * PIECE_BYTES * 1032; // output that may still be under way; deflate expands at most that much
/** A place that looks like a member's start and is none costs a second reading of its member; so many are borne. */
const MAX_FALSE_STARTS = 8;

export interface MemberOptions {
  /** The platform's; a test may give a stricter one. */
  readonly decompress?: () => ReadableWritablePair<Uint8Array, Uint8Array>;
}

/**
 * The content of all members, end to end. Every member's end and checksum are verified by the decompressor.
 * @param open the packed bytes from their start; asked again only where a start was false
 * @throws what the input throws, and what the decompressor throws at damaged input
 */
export async function* gunzipMembers(
  open: () => ReadableStream<Uint8Array>,
  { decompress = native }: MemberOptions = {},
): AsyncGenerator<Uint8Array> {
  let start = 0; // of the member, in the packed bytes
  let searchFrom = 0; // no next member is looked for before it
  let known = 0; // bytes of the member's content that were handed over at an earlier reading
  let falseStarts = 0;
  let input = openPieces(open, 0);
  try {
    for (;;) {
      const search = { start, from: searchFrom, looks: falseStarts < MAX_FALSE_STARTS };
      const member = feed(input, search, decompress());
      let made = 0;
      let next: NextMember | undefined;
      try {
        for await (const chunk of member.content) {
          const fresh = chunk.subarray(Math.max(0, Math.min(chunk.byteLength, known - made)));
          made += chunk.byteLength;
          member.made(made);
          if (fresh.byteLength > 0) yield fresh;
        }
        next = await member.next;
      } catch (error) {
        const wrong = await member.next; // an error of the input goes before the decompressor's
        if (wrong === undefined) throw error;
        falseStarts++;
        searchFrom = wrong.at + 1;
        known = Math.max(known, made);
        await input.close();
        input = openPieces(open, start);
        continue;
      }
      if (next === undefined) return;
      start = next.at;
      searchFrom = start;
      known = 0;
      input.giveBack(next.rest);
    }
  } finally {
    await input.close();
  }
}

const native = () =>
  new DecompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>; // lib.dom types it narrower

/** Where the next member seems to start, and the bytes read from there on. */
interface NextMember {
  readonly at: number;
  readonly rest: Uint8Array;
}

interface Member {
  readonly content: AsyncGenerator<Uint8Array>;
  made(bytes: number): void; // how much content has come out so far
  readonly next: Promise<NextMember | undefined>; // undefined at the end of the input; rejects where that fails
}

/** Feeds one member to a decompressor, up to what looks like the start of the next. */
function feed(
  input: Pieces,
  { start, from, looks }: { start: number; from: number; looks: boolean },
  { readable, writable }: ReadableWritablePair<Uint8Array, Uint8Array>,
): Member {
  const writer = writable.getWriter();
  let made = 0;
  /** @returns false where the decompressor takes no more: the reading side tells why */
  const write = async (bytes: Uint8Array): Promise<boolean> => {
    const isReady = await writer.ready.then(
      () => true,
      () => false,
    );
    if (isReady) writer.write(bytes).catch(() => undefined);
    return isReady;
  };
  const feedAll = async (): Promise<NextMember | undefined> => {
    let at = start; // of the first byte held
    let held: Uint8Array = new Uint8Array(0);
    for (let piece = await input.next(); piece; piece = await input.next()) {
      const bytes = joined(held, piece);
      const least = Math.max(start + HEADER_BYTES + TRAILER_BYTES, from);
      const found = looks ? memberStart(bytes, Math.max(0, least - at), made) : -1;
      if (found >= 0) {
        await write(bytes.slice(0, found));
        return { at: at + found, rest: bytes.slice(found) };
      }
      const sure = Math.max(0, bytes.byteLength - HEADER_BYTES - TRAILER_BYTES);
      if (sure > 0 && !(await write(bytes.slice(0, sure)))) return undefined;
      held = bytes.slice(sure);
      at += sure;
    }
    if (held.byteLength > 0) await write(held);
    return undefined;
  };
  const next = feedAll().finally(() => void writer.close().catch(() => undefined));
  next.catch(() => undefined); // told where it is awaited
  return { content: chunksOf(readable), made: (bytes) => void (made = bytes), next };
}

/**
 * Where in `bytes`, from `from` on, a header stands behind a trailer whose size fits the content made so far; -1: nowhere.
 * Sizes are modulo 2 ** 32.
 */
function memberStart(bytes: Uint8Array, from: number, made: number): number {
  const last = bytes.byteLength - HEADER_BYTES;
  for (
    let i = bytes.indexOf(0x1f, Math.max(from, TRAILER_BYTES));
    i >= 0 && i <= last;
    i = bytes.indexOf(0x1f, i + 1)
  ) {
    if (bytes[i + 1] !== 0x8b || bytes[i + 2] !== 8 || (bytes[i + 3]! & 0xe0) !== 0) continue;
    const size = bytes[i - 4]! | (bytes[i - 3]! << 8) | (bytes[i - 2]! << 16) | (bytes[i - 1]! << 24);
    if ((size - made) >>> 0 <= UNDER_WAY_BYTES) return i;
  }
  return -1;
}

/** The bytes from `start` on, in pieces; one may be given back. */
interface Pieces {
  next(): Promise<Uint8Array | undefined>;
  giveBack(bytes: Uint8Array): void;
  close(): Promise<void>;
}

function openPieces(open: () => ReadableStream<Uint8Array>, start: number): Pieces {
  const pieces = piecesFrom(open, start);
  let back: Uint8Array | undefined;
  return {
    async next() {
      const first = back;
      back = undefined;
      if (first) return first;
      const piece = await pieces.next();
      return piece.done === true ? undefined : piece.value;
    },
    giveBack: (bytes) => void (back = bytes),
    close: async () => void (await pieces.return(undefined)),
  };
}

async function* piecesFrom(
  open: () => ReadableStream<Uint8Array>,
  start: number,
): AsyncGenerator<Uint8Array> {
  let skip = start;
  for await (const chunk of chunksOf(open())) {
    const from = Math.min(skip, chunk.byteLength);
    skip -= from;
    for (let at = from; at < chunk.byteLength; at += PIECE_BYTES) yield chunk.slice(at, at + PIECE_BYTES);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.byteLength + b.byteLength);
  whole.set(a);
  whole.set(b, a.byteLength);
  return whole;
}
