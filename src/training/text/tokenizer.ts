// Turns text into piece ids and back, as a tokenizer.json says. Never fetches: the file's text is passed in.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { createSplitAdded } from "./addedTokens.ts";
import { createSegmenter } from "./segmenter.ts";
import { parseTokenizerFile } from "./tokenizerFile.ts";
import { createWordMemo } from "./wordMemo.ts";

export interface Tokenizer {
  readonly vocabSize: number; // V
  readonly padId: number; // 0 if the file has no padding token
  readonly sha256: string; // of the file's text, lower-case hex
  /** (V) natural log of each piece's probability; 0 for special tokens and for models without scores. */
  readonly logProbs: Float32Array;
  /** What the file's post-processor puts before and after one text, e.g. <s> and </s>; often empty. */
  readonly prefixIds: Int32Array;
  readonly suffixIds: Int32Array;
  /** Normalised as training text was: what `decode(encode(text))` gives back where nothing is unknown. */
  readonly normalize: (text: string) => string;
  /** Piece ids in [0, V), no special tokens: text that spells one ("<s>") is text. "" gives none. */
  readonly encode: (text: string) => Int32Array;
  /** The text of the pieces; special tokens are left out. @throws RangeError for an id outside [0, V) */
  readonly decode: (ids: ArrayLike<number>) => string;
  /** @throws RangeError for an id outside [0, V) */
  readonly piece: (id: number) => string;
}

/** The same tokenizer without special tokens around a text: another one to whoever keeps token ids, where it had any. */
export function withoutFrame(tokenizer: Tokenizer): Tokenizer {
  const { prefixIds, suffixIds, sha256: own } = tokenizer;
  if (prefixIds.length === 0 && suffixIds.length === 0) return tokenizer;
  const none = new Int32Array(0);
  const sha = bytesToHex(sha256(utf8ToBytes(`${own} without special tokens`)));
  return { ...tokenizer, prefixIds: none, suffixIds: none, sha256: sha };
}

const SPACE = "\u2581"; // "▁", stands for the space a word begins with
const LONE_SURROGATE = /\p{Surrogate}/gu; // a half of a character, which no encoding of text can hold
const MEMO_WORDS = 32_768; // twice that many are held at most

/**
 * @param json text of a tokenizer.json, or its parsed value (then `sha256` is of `JSON.stringify(json)`); Unigram
 *   models get this project's segmenter, which knows byte fallback, WordPiece and BPE the library's
 * @throws Error in one sentence if the file is malformed or of an unknown kind
 */
export function createTokenizer(json: unknown): Tokenizer {
  const file = parseTokenizerFile(json);
  const { pipeline, segment, pieces, logProbs, wordwise } = createSegmenter(file);
  const { normalizer, pre_tokenizer: splitter, post_processor: frame, decoder } = pipeline;
  const specials = new Map(file.added_tokens.filter((t) => t.special).map((t) => [t.content, t.id]));
  const encodeWord = createWordMemo(segment, MEMO_WORDS);
  const normalize = (text: string): string => {
    const wellFormed = text.replace(LONE_SURROGATE, "\ufffd");
    return normalizer ? normalizer(wellFormed) : wellFormed;
  };
  const splitAdded = createSplitAdded(file.added_tokens, normalize);

  const checkId = (id: number): number => {
    if (!(Number.isInteger(id) && id >= 0 && id < pieces.length))
      throw new RangeError(`tokenizer: id must be a whole number in [0, ${pieces.length}), got ${id}`);
    return id;
  };
  const framed = frame ? frame([SPACE], null, true).tokens : [SPACE];
  const at = framed.indexOf(SPACE);
  if (at === -1 || at !== framed.lastIndexOf(SPACE))
    throw new Error("tokenizer.json: post_processor: expected a frame that holds the text once");
  const idsOf = (tokens: readonly string[]): Int32Array =>
    Int32Array.from(tokens, (token) => {
      const id = specials.get(token) ?? pieces.indexOf(token);
      if (id === -1)
        throw new Error(`tokenizer.json: post_processor: expected tokens of this file, got "${token}"`);
      return id;
    });

  return {
    vocabSize: pieces.length,
    padId: specials.get("<pad>") ?? specials.get("[PAD]") ?? 0,
    sha256: bytesToHex(sha256(utf8ToBytes(typeof json === "string" ? json : JSON.stringify(json)))),
    logProbs,
    prefixIds: idsOf(framed.slice(0, at)),
    suffixIds: idsOf(framed.slice(at + 1)),
    normalize,
    encode: (text) => {
      const ids: number[] = [];
      for (const [i, part] of splitAdded(text).entries()) {
        if (typeof part === "number") {
          ids.push(part);
          continue;
        }
        for (const chunk of splitter ? splitter(part, { section_index: i }) : [part]) {
          for (let start = 0; start < chunk.length;) {
            const next = wordwise ? chunk.indexOf(SPACE, start + 1) : -1;
            const end = next === -1 ? chunk.length : next;
            encodeWord(chunk.slice(start, end), ids);
            start = end;
          }
        }
      }
      return Int32Array.from(ids);
    },
    decode: (ids) => {
      const tokens = Array.from(ids, (id) => pieces[checkId(id)]!).filter((token) => !specials.has(token));
      return tokens.length === 0 ? "" : decoder ? decoder(tokens) : tokens.join(" ");
    },
    piece: (id) => pieces[checkId(id)]!,
  };
}
