// A tokenizer.json that knows only some of its pieces, for models whose vocabulary was trimmed. Segments nothing.
import { mergedPiece, parseTokenizerFile, type BpeModel, type TokenizerFile } from "../text/tokenizerFile.ts";

export interface TrimmedTokenizer {
  readonly json: string;
  readonly pieceIds: Int32Array; // (V) the old id of each new one, ascending
}

const BYTE_PIECE = /^<0x[0-9A-F]{2}>$/;

/**
 * Keeps `used` pieces, those added beside the model, the unknown one, bytes for fallback, and the least likely piece,
 * from which the unknown one's score is derived. Ids count from 0 again, in the old order.
 *
 * A text that had only kept pieces is cut into the same ones: its best (Unigram) or longest (WordPiece) segmentation is
 * still there, and nothing was added that could beat it. Any other text is cut into kept pieces.
 *
 * A BPE piece is made in steps, each of which lies inside it: with every piece that is part of a used one stay all merges
 * that led there, and a merge that never happened is not missed. Letters and bytes stay, for other texts.
 * @param used ids of the tokenizer
 */
export function trimTokenizer(json: string, used: ArrayLike<number>): TrimmedTokenizer {
  const file = parseTokenizerFile(json);
  const kept = new Set(Array.from(used));
  for (const { id } of file.added_tokens) kept.add(id);
  for (const id of indispensable(file)) kept.add(id);
  if (file.model.type === "BPE") for (const id of partsOf(kept, file.model)) kept.add(id);
  const pieceIds = Int32Array.from(kept).sort();
  const renumbered = new Map(Array.from(pieceIds, (id, row) => [id, row]));
  const raw = JSON.parse(json) as Record<string, unknown>;
  const trimmed = {
    ...raw,
    added_tokens: file.added_tokens.map((token) => ({ ...token, id: renumbered.get(token.id)! })),
    post_processor: renumberFrame(raw["post_processor"], renumbered),
    padding: null,
    model: { ...(raw["model"] as object), ...trimModel(file.model, renumbered) },
  };
  return { json: JSON.stringify(trimmed), pieceIds };
}

/** Ids of the pieces that are part of a kept one, and of those that no merge makes: letters and bytes. */
function partsOf(
  kept: ReadonlySet<number>,
  { vocab, merges, continuing_subword_prefix: prefix }: BpeModel,
): number[] {
  const made = new Set(merges.map((merge) => mergedPiece(merge, prefix)));
  const parts = new Set<string>();
  for (const [piece, id] of Object.entries(vocab)) {
    if (!kept.has(id)) continue;
    for (let start = 0; start < piece.length; start++) {
      for (let end = start + 1; end <= piece.length; end++) parts.add(piece.slice(start, end));
    }
  }
  return Object.entries(vocab).flatMap(([piece, id]) => (parts.has(piece) || !made.has(piece) ? [id] : []));
}

function indispensable({ model }: TokenizerFile): number[] {
  if (model.type !== "Unigram") {
    return model.unk_token === null ? [] : [model.vocab[model.unk_token]!];
  }
  const bytes = model.byte_fallback
    ? model.vocab.flatMap(([piece], id) => (BYTE_PIECE.test(piece) ? [id] : []))
    : [];
  let least = 0;
  model.vocab.forEach(([, score], id) => {
    if (score < model.vocab[least]![1]) least = id;
  });
  return [model.unk_id, least, ...bytes];
}

type Renumbered = ReadonlyMap<number, number>;

/** The fields that change, in the form that both old and new readers know. */
function trimModel(model: TokenizerFile["model"], renumbered: Renumbered): object {
  if (model.type === "Unigram") {
    const vocab = model.vocab.filter((_, id) => renumbered.has(id));
    return { type: model.type, vocab, unk_id: renumbered.get(model.unk_id)! };
  }
  const rows = Object.entries(model.vocab).filter(([, id]) => renumbered.has(id));
  const vocab = Object.fromEntries(rows.map(([piece, id]) => [piece, renumbered.get(id)!]));
  if (model.type === "WordPiece") return { type: model.type, vocab };
  const { merges, continuing_subword_prefix: prefix } = model;
  return {
    type: model.type,
    vocab,
    merges: merges.filter((merge) => Object.hasOwn(vocab, mergedPiece(merge, prefix))),
  };
}

/** Post-processors name special tokens with their ids: as {ids: [0]} (templates) or ["</s>", 2] (BERT, RoBERTa). */
function renumberFrame(frame: unknown, renumbered: Renumbered): unknown {
  if (Array.isArray(frame)) {
    const [token, id] = frame as unknown[];
    if (frame.length === 2 && typeof token === "string" && typeof id === "number") {
      return [token, renumbered.get(id) ?? id];
    }
    return frame.map((part) => renumberFrame(part, renumbered));
  }
  if (typeof frame !== "object" || frame === null) return frame;
  return Object.fromEntries(
    Object.entries(frame).map(([key, value]) => [
      key,
      key === "ids" && Array.isArray(value)
        ? value.map((id) => renumbered.get(id as number) ?? (id as number))
        : renumberFrame(value, renumbered),
    ]),
  );
}
