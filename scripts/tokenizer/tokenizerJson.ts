// Turns a sentencepiece vocabulary into a tokenizer.json of Hugging Face's format. Pure.
import { NORMALIZER } from "./normalizer.ts";

const SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]; // ids 0 to 3, as in XLM-R
const BYTE = /^<0x[0-9A-F]{2}>$/;

export type ScoredPiece = readonly [piece: string, score: number];

/** Rows of a `.vocab` file, in order. @throws Error naming the line that is no piece, tab and number */
export function parseVocab(text: string): ScoredPiece[] {
  return text
    .trimEnd()
    .split("\n")
    .map((row, i) => {
      const [piece, score, ...rest] = row.split("\t");
      if (!piece || !score || rest.length > 0 || !Number.isFinite(Number(score)))
        throw new Error(`vocab line ${i + 1}: expected "piece<TAB>score", got ${JSON.stringify(row)}`);
      return [piece, Number(score)];
    });
}

/** Whether a piece was learned from no text, so that the score sentencepiece prints for it means nothing. */
export function unlearned(piece: string, punctuation: readonly string[]): boolean {
  return BYTE.test(piece) || punctuation.includes(piece);
}

/**
 * A Unigram model with byte fallback; scores are natural logs of probabilities, as they come.
 *
 * @param vocab (V) pieces in id order; the first four must be the special tokens
 */
export function tokenizerJson(vocab: readonly ScoredPiece[]) {
  SPECIALS.forEach((content, id) => {
    if (vocab[id]?.[0] !== content) throw new Error(`tokenizerJson: piece ${id} must be ${content}`);
  });
  const added = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const space = { type: "Metaspace", replacement: "\u2581", prepend_scheme: "always", split: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIALS.map((content, id) => ({ id, content, ...added })),
    normalizer: NORMALIZER,
    pre_tokenizer: space,
    post_processor: null, // encoders that want <s> and </s> add them
    decoder: { type: "Sequence", decoders: [{ type: "ByteFallback" }, space] },
    model: { type: "Unigram", unk_id: 3, byte_fallback: true, vocab },
  };
}
