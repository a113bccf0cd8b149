// Builds, from a checked tokenizer.json, the library's text pipeline and the segmenter of its model. Encodes nothing.
import { Tokenizer as Pipeline } from "@huggingface/tokenizers";
import type { TokenizerFile, UnigramModel } from "./tokenizerFile.ts";
import { createUnigram, type Segment } from "./unigram.ts";

export interface Segmenter {
  /** Normalizer, pre-tokenizer, post-processor and decoder. Its model is empty for a Unigram file. */
  readonly pipeline: Pipeline;
  readonly segment: Segment;
  readonly pieces: readonly string[]; // (V) added tokens included; "" where a file leaves an id out
  readonly logProbs: Float32Array; // (V)
  /** Text may be cut before each "▁" and segmented word by word with the same result. */
  readonly wordwise: boolean;
}

/** @throws Error in one sentence if the library does not know a part the file names */
export function createSegmenter(file: TokenizerFile): Segmenter {
  const { model } = file;
  // The library would build a second trie of all pieces only to be bypassed.
  const own =
    model.type === "Unigram" ? { type: "Unigram", vocab: [model.vocab[model.unk_id]], unk_id: 0 } : model;
  let pipeline: Pipeline;
  try {
    pipeline = new Pipeline({ ...file, model: own }, {});
  } catch (error) {
    throw new Error(`tokenizer.json: ${(error as Error).message}`, { cause: error });
  }
  return model.type === "Unigram" ? ofUnigram(pipeline, file, model) : ofRules(pipeline);
}

function ofUnigram(pipeline: Pipeline, file: TokenizerFile, model: UnigramModel): Segmenter {
  const pieces = model.vocab.map(([text]) => text);
  for (const { id, content } of file.added_tokens) pieces[id] = content;
  const logProbs = new Float32Array(pieces.length);
  model.vocab.forEach(([, score], id) => (logProbs[id] = score));
  const byteIds = model.byte_fallback ? byteIdsOf(pieces) : null;
  const segment = createUnigram({
    pieces: model.vocab,
    unkId: model.unk_id,
    byteIds,
    reserved: new Set(file.added_tokens.filter((t) => t.special).map((t) => t.id)),
  });
  const spanning = model.vocab.some(([text]) => text.lastIndexOf("\u2581") > 0);
  const runsOn = byteIds === null && !pieces.includes("\u2581"); // one unknown may cover several words
  const wordwise = !spanning && !runsOn;
  return { pipeline, segment, pieces: Array.from(pieces, (p) => p ?? ""), logProbs, wordwise };
}

/** Ids of "<0x00>" to "<0xFF>", or null unless all are there. */
function byteIdsOf(pieces: readonly string[]): Int32Array | null {
  const ids = new Map(pieces.map((text, id) => [text, id]));
  const name = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => ids.get(name(byte)) ?? -1);
  return byteIds.includes(-1) ? null : byteIds;
}

function ofRules(pipeline: Pipeline): Segmenter {
  const model = pipeline.model!; // built from the file's model, so never null
  const segment: Segment = (text, into) => {
    for (const token of model([text])) into.push(model.tokens_to_ids.get(token) ?? model.unk_token_id ?? 0);
  };
  const pieces = Array.from(model.vocab, (p) => p ?? "");
  return { pipeline, segment, pieces, logProbs: new Float32Array(pieces.length), wordwise: false };
}
