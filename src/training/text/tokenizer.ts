// Turns text into piece ids and back, as a tokenizer.json says. Never fetches: the file's text is passed in.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { refuse } from "../textRules/fields.ts";
import { createFrame } from "../textRules/frame.ts";
import { createNormalizer, replacesStretches } from "../textRules/normalizers.ts";
import { createPreTokenizer } from "../textRules/preTokenizers.ts";
import { createSplitAdded } from "./addedTokens.ts";
import { createDecoder } from "./decoder.ts";
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
 * Gives the pieces that Hugging Face's `tokenizers` gives, or refuses the file by name (docs/tokenizer.md).
 * @param json text of a tokenizer.json, or its parsed value (then `sha256` is of `JSON.stringify(json)`)
 * @param parsed its parsed value, where the text was parsed already
 * @throws Error in one sentence if the file is malformed or of an unknown kind
 */
export function createTokenizer(json: unknown, parsed = json): Tokenizer {
  const file = parseTokenizerFile(parsed);
  const { segment, pieces, logProbs, wordwise } = createSegmenter(file);
  const rules = createNormalizer(file.normalizer);
  const split = createPreTokenizer(file.pre_tokenizer);
  const frame = createFrame(file.post_processor);
  const decode = createDecoder(file);
  const specials = new Map(file.added_tokens.filter((t) => t.special).map((t) => [t.content, t.id]));
  const encodeWord = createWordMemo(segment, MEMO_WORDS);
  const normalize = (text: string): string => rules(text.replace(LONE_SURROGATE, "\ufffd"));
  const asksHead = JSON.stringify(file.pre_tokenizer).includes('"first"');
  if (asksHead && replacesStretches(file.normalizer))
    refuse(
      "normalizer",
      'one that replaces single characters, as prepend_scheme is "first"',
      file.normalizer,
    );
  const lengthOf = (text: string) => normalize(text).length;
  const letter = asksHead ? lengthOf("xx") - lengthOf("x") : 0;
  /**
   * How much of a normalised text was made of the original's first character; 0 where that was dropped. A letter stands
   * behind it, or it would be the text's end too, where spaces may go.
   */
  const headOf = (text: string): number =>
    asksHead ? lengthOf(`${String.fromCodePoint(text.codePointAt(0) ?? 32)}x`) - letter : 0;
  const splitAdded = createSplitAdded(file.added_tokens, normalize);

  const checkId = (id: number): number => {
    if (!(Number.isInteger(id) && id >= 0 && id < pieces.length))
      throw new RangeError(`tokenizer: id must be a whole number in [0, ${pieces.length}), got ${id}`);
    return id;
  };
  const foreign = [...frame.before, ...frame.after].find((id) => id >= pieces.length);
  if (foreign !== undefined) refuse("post_processor", `ids of this file's ${pieces.length} pieces`, foreign);

  return {
    vocabSize: pieces.length,
    padId: specials.get("<pad>") ?? specials.get("[PAD]") ?? 0,
    sha256: bytesToHex(sha256(utf8ToBytes(typeof json === "string" ? json : JSON.stringify(json)))),
    logProbs,
    prefixIds: Int32Array.from(frame.before),
    suffixIds: Int32Array.from(frame.after),
    normalize,
    encode: (text) => {
      const ids: number[] = [];
      for (const [i, part] of splitAdded(text).entries()) {
        if (typeof part === "number") {
          ids.push(part);
          continue;
        }
        for (const { text: chunk } of split([{ text: part, head: i === 0 ? headOf(text) : 0 }])) {
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
      return tokens.length === 0 ? "" : decode(tokens);
    },
    piece: (id) => pieces[checkId(id)]!,
  };
}
