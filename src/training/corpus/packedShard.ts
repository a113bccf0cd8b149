// The form in which one tokenised shard is cached: a file whose rows can be read one at a time. Decides the layout;
// never reads or writes a file.
import type { RowName, TokenRows } from "../../core/data/corpus.ts";
import type { ShardRow } from "../../core/data/records.ts";

/** What of a row is kept beside its tokens. */
export type PackedName = Omit<ShardRow, "text">;

/** The rows of one shard as numbers and names. */
export interface ShardColumns {
  readonly names: readonly PackedName[]; // (n)
  readonly rows: TokenRows; // (n)
  readonly cutRows: number; // rows longer than maxTokens, which lost their end
}

/** Where the parts of a packed shard lie: all that is held of it while its file stays closed. */
export interface PackedLayout {
  readonly n: number;
  readonly cutRows: number;
  readonly tokenBytes: 2 | 4;
  readonly namesAt: number;
  readonly nameIndexAt: number; // Uint32 (n + 1), from namesAt
  readonly tokenIndexAt: number; // Uint32 (n + 1), in tokens
  readonly tokensAt: number;
  readonly size: number; // of the file
}

const MAGIC = 0x34544248; // "HBT4": an older entry, which a misread tokenizer may have made, is made anew
const HEADER_WORDS = 8; // magic, checksum, n, cutRows, tokenBytes, pieces, bytes of names, tokens
const HEADER_BYTES = 4 * HEADER_WORDS;

/**
 * Header, distinct pieces (Int32), names as JSON joined by commas, index of names, index of tokens, tokens (two
 * bytes each where all fit). All numbers little-endian, as on every machine that runs WebAssembly.
 */
export function packShard({ names, rows, cutRows }: ShardColumns): Uint8Array<ArrayBuffer> {
  const n = names.length;
  const pieces = Int32Array.from(new Set(rows.tokens)).sort();
  const wide = pieces.length > 0 && pieces.at(-1)! > 0xffff;
  const lines = names.map((name) => `${formatName(name)},`);
  const text = new TextEncoder().encode(lines.join(""));
  const nameIndex = new Uint32Array(n + 1);
  lines.forEach((line, i) => (nameIndex[i + 1] = nameIndex[i]! + utf8Length(line)));
  const tokens = wide ? rows.tokens : Uint16Array.from(rows.tokens);
  const layout = layOut(n, cutRows, wide ? 4 : 2, pieces.length, nameIndex[n]!, tokens.length);
  const bytes = new Uint8Array(layout.size);
  bytes.set(bytesOf(pieces), HEADER_BYTES);
  bytes.set(text, layout.namesAt);
  bytes.set(bytesOf(nameIndex), layout.nameIndexAt);
  bytes.set(bytesOf(Uint32Array.from(rows.offsets)), layout.tokenIndexAt);
  bytes.set(bytesOf(tokens), layout.tokensAt);
  const header = [n, cutRows, layout.tokenBytes, pieces.length, nameIndex[n]!, tokens.length];
  bytes.set(bytesOf(Uint32Array.from([MAGIC, 0, ...header])), 0);
  bytes.set(bytesOf(Uint32Array.of(checksum(bytes))), 4);
  return bytes;
}

/** A packed shard looked at whole: its layout, the pieces it uses and the names of its rows. */
export interface OpenedPack {
  readonly layout: PackedLayout;
  readonly pieces: Int32Array; // ascending
  readonly tokenIndex: Uint32Array; // (n + 1) where each row's tokens start, in tokens
  readonly names: readonly PackedName[]; // (n)
}

/** @returns undefined if the bytes are no whole packed shard of `n` rows: a cache entry that was cut or changed */
export function openPack(bytes: Uint8Array, n: number): OpenedPack | undefined {
  if (bytes.byteLength < HEADER_BYTES) return undefined;
  const word = (i: number) => readUint32(bytes, 4 * i);
  const tokenBytes = word(4);
  if (word(0) !== MAGIC || word(2) !== n || (tokenBytes !== 2 && tokenBytes !== 4)) return undefined;
  const layout = layOut(n, word(3), tokenBytes, word(5), word(6), word(7));
  if (layout.size !== bytes.byteLength || checksum(bytes) !== word(1)) return undefined;
  const pieces = Int32Array.from({ length: word(5) }, (_, i) => readUint32(bytes, HEADER_BYTES + 4 * i));
  // A copy of its own: a Buffer's slice() is a view, at any offset.
  const index = new Uint8Array(bytes.subarray(layout.tokenIndexAt, layout.tokensAt));
  const tokenIndex = new Uint32Array(index.buffer);
  const text = new TextDecoder().decode(bytes.subarray(layout.namesAt, layout.nameIndexAt));
  return {
    layout,
    pieces,
    tokenIndex,
    names: (JSON.parse(`[${text.slice(0, -1)}]`) as NameLine[]).map(nameOf),
  };
}

/** A list where nothing but id and concepts is to be kept, as in most sets. */
type NameLine = readonly [id: string, ...concepts: string[]] | PackedName;

function formatName({ id, concepts, grades, cluster }: PackedName): string {
  const isPlain = grades === undefined && cluster === undefined;
  return JSON.stringify(isPlain ? [id, ...concepts] : { id, concepts, grades, cluster });
}

function nameOf(line: NameLine): PackedName {
  if ("id" in line) return line;
  const [id, ...concepts] = line;
  return { id, concepts };
}

/** One line of the names. */
export function parseName(line: Uint8Array): RowName {
  const text = new TextDecoder().decode(line.subarray(0, -1));
  const { id, concepts } = nameOf(JSON.parse(text) as NameLine); // as packShard wrote it
  return { id, concepts };
}

/** Two neighbours of the names' index: where a row starts and ends. */
export function readSpan(bytes: Uint8Array): readonly [number, number] {
  return [readUint32(bytes, 0), readUint32(bytes, 4)];
}

/** Tokens from their bytes into `into` from `at` on. */
export function readTokens(bytes: Uint8Array, tokenBytes: 2 | 4, into: Int32Array, at: number): void {
  const n = bytes.byteLength / tokenBytes;
  for (let i = 0; i < n; i++) {
    into[at + i] = tokenBytes === 2 ? bytes[2 * i]! | (bytes[2 * i + 1]! << 8) : readUint32(bytes, 4 * i);
  }
}

function layOut(
  n: number,
  cutRows: number,
  tokenBytes: 2 | 4,
  nPieces: number,
  namesBytes: number,
  nTokens: number,
): PackedLayout {
  const namesAt = HEADER_BYTES + 4 * nPieces;
  const nameIndexAt = namesAt + namesBytes;
  const tokenIndexAt = nameIndexAt + 4 * (n + 1);
  const tokensAt = tokenIndexAt + 4 * (n + 1);
  const size = tokensAt + tokenBytes * nTokens;
  return { n, cutRows, tokenBytes, namesAt, nameIndexAt, tokenIndexAt, tokensAt, size };
}

/** Bytes in UTF-8 of a text without halves of characters, which JSON writes as escapes. */
function utf8Length(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) n += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2; // a pair has 2 units, 4 bytes
  }
  return n;
}

const bytesOf = (numbers: Int32Array | Uint32Array | Uint16Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

const readUint32 = (bytes: Uint8Array, at: number) =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

/**
 * Against a cut or half-written file, not against a forger: the cache is this machine's own. FNV-1a over the rest, four
 * bytes at a time; each step is one to one, so no change of a single word gets lost.
 */
function checksum(bytes: Uint8Array): number {
  let h = 0x811c9dc5;
  let i = 8;
  for (; i + 4 <= bytes.byteLength; i += 4) h = Math.imul(h ^ readUint32(bytes, i), 0x01000193);
  for (; i < bytes.byteLength; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  return h >>> 0;
}
