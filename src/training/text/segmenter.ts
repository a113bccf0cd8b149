// Builds the segmenter of a checked tokenizer file's model. Encodes nothing.
import { byteName, createBpe } from "./bpe.ts";
import type { BpeModel, TokenizerFile, UnigramModel, WordPieceModel } from "./tokenizerFile.ts";
import { createUnigram, type Segment } from "./unigram.ts";
import { createWordPiece } from "./wordPiece.ts";

export interface Segmenter {
  readonly segment: Segment;
  readonly pieces: readonly string[]; // (V) added tokens included; "" where a file leaves an id out
  readonly logProbs: Float32Array; // (V)
  /** Text may be cut before each "▁" and segmented word by word with the same result. */
  readonly wordwise: boolean;
}

export function createSegmenter(file: TokenizerFile): Segmenter {
  const { model } = file;
  return model.type === "Unigram" ? ofUnigram(file, model) : ofRules(file, model);
}

function ofUnigram(file: TokenizerFile, model: UnigramModel): Segmenter {
  const pieces = withAdded(
    model.vocab.map(([text]) => text),
    file,
  );
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
  return { segment, pieces, logProbs, wordwise };
}

/** Ids of "<0x00>" to "<0xFF>", or null unless all are there. */
function byteIdsOf(pieces: readonly string[]): Int32Array | null {
  const ids = new Map(pieces.map((text, id) => [text, id]));
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => ids.get(byteName(byte)) ?? -1);
  return byteIds.includes(-1) ? null : byteIds;
}

function ofRules(file: TokenizerFile, model: WordPieceModel | BpeModel): Segmenter {
  const ids = new Map(Object.entries(model.vocab));
  const listed: string[] = [];
  for (const [text, id] of ids) listed[id] = text;
  const pieces = withAdded(listed, file);
  const segment =
    model.type === "WordPiece"
      ? createWordPiece({
          ids,
          unkId: ids.get(model.unk_token)!,
          prefix: model.continuing_subword_prefix,
          longest: model.max_input_chars_per_word,
        })
      : createBpe({
          ids,
          merges: model.merges,
          unkId: model.unk_token === null ? undefined : ids.get(model.unk_token),
          fuseUnknown: model.fuse_unk,
          byteFallback: model.byte_fallback,
          wholeFirst: model.ignore_merges,
          prefix: model.continuing_subword_prefix,
          suffix: model.end_of_word_suffix,
        });
  return { segment, pieces, logProbs: new Float32Array(pieces.length), wordwise: false };
}

function withAdded(pieces: readonly string[], { added_tokens }: TokenizerFile): string[] {
  const all = [...pieces];
  for (const { id, content } of added_tokens) all[id] = content;
  return Array.from(all, (text) => text ?? "");
}
