// A teacher's vectors of texts, each encoded once as long as there is room: texts of equal tokens share one. Bounded;
// knows no encoder and no file.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { RowTokens, TokenRows } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";

/** Bytes of a text's key: the first of the SHA-256 of its tokens. */
export const KEY_BYTES = 16;

/** A text and where its tokens are. */
export interface TextAt {
  readonly corpus: RowTokens;
  readonly side: Side;
  readonly row: number;
  readonly length: number; // tokens
}

export interface TextVectors {
  /** Vectors there is room for. */
  readonly room: number;
  /** The texts of these rows by their keys, each once. */
  texts(corpus: RowTokens, side: Side, rows: Int32Array): Promise<Map<string, TextAt>>;
  has(key: string): boolean;
  put(key: string, vector: Float32Array): void;
  /** (rows.length, width) in the order given; what is not here is encoded. The caller's to keep. */
  vectors(corpus: RowTokens, side: Side, rows: Int32Array): Promise<Float32Array>;
}

/** Numbers held at most: 128 MiB. */
const MAX_HELD = 2 ** 25;
/** Rows looked up together. */
const STRETCH = 1024;

/**
 * When the next rows do not fit, all are let go and it begins anew: what is asked for again is encoded again, to the
 * same bits.
 *
 * @param encode (n, width) vectors of texts by their tokens in the whole tokenizer
 */
export function createTextVectors(
  width: number,
  encode: (texts: TokenRows) => Promise<Float32Array>,
  maxNumbers = MAX_HELD,
): TextVectors {
  const room = Math.max(1, Math.floor(maxNumbers / width));
  const held = new Map<string, Float32Array>();
  const known = new Map<RowTokens, Record<Side, Map<number, string>>>();

  const keysOf = (corpus: RowTokens, side: Side) => {
    let keys = known.get(corpus);
    if (!keys) known.set(corpus, (keys = { queries: new Map(), passages: new Map() }));
    return keys[side];
  };

  async function learn(corpus: RowTokens, side: Side, rows: Int32Array, found?: Map<string, TextAt>) {
    const keys = keysOf(corpus, side);
    const unknown = found ? rows : rows.filter((row) => !keys.has(row));
    if (unknown.length === 0) return keys;
    const { offsets, tokens } = await corpus.tokens(side, unknown);
    unknown.forEach((row, i) => {
      const own = tokens.subarray(offsets[i], offsets[i + 1]);
      const key = textKey(own);
      keys.set(row, key);
      if (found && !found.has(key)) found.set(key, { corpus, side, row, length: own.length });
    });
    return keys;
  }

  return {
    room,
    async texts(corpus, side, rows) {
      const found = new Map<string, TextAt>();
      for (let at = 0; at < rows.length; at += STRETCH)
        await learn(corpus, side, rows.subarray(at, at + STRETCH), found);
      return found;
    },
    has: (key) => held.has(key),
    put: (key, vector) => void held.set(key, vector),
    async vectors(corpus, side, rows) {
      const result = new Float32Array(rows.length * width);
      for (let at = 0; at < rows.length; at += STRETCH) {
        const here = rows.subarray(at, at + STRETCH);
        const keys = await learn(corpus, side, here);
        const rowOf = new Map(Array.from(here, (row) => [keys.get(row)!, row] as const));
        let missing = [...rowOf].filter(([key]) => !held.has(key));
        if (held.size + missing.length > room) {
          held.clear();
          missing = [...rowOf];
        }
        if (missing.length > 0) {
          const texts = await corpus.tokens(
            side,
            Int32Array.from(missing, ([, row]) => row),
          );
          const fresh = await encode(texts);
          missing.forEach(([key], i) => held.set(key, fresh.slice(i * width, (i + 1) * width)));
        }
        here.forEach((row, i) => result.set(held.get(keys.get(row)!)!, (at + i) * width));
      }
      return result;
    },
  };
}

function textKey(tokens: Int32Array): string {
  const bytes = new Uint8Array(Int32Array.from(tokens).buffer);
  return bytesToHex(sha256(bytes).subarray(0, KEY_BYTES));
}
