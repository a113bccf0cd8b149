// A tokenizer.json that knows only some of its pieces, for models whose vocabulary was trimmed. Segments nothing.
import { parseTokenizerFile, type TokenizerFile } from "../text/tokenizerFile.ts";

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
 * @param used ids of the tokenizer
 * @throws RangeError for BPE, where a piece that is never seen may still be a step towards one that is
 */
export function trimTokenizer(json: string, used: ArrayLike<number>): TrimmedTokenizer {
  const file = parseTokenizerFile(json);
  if (file.model.type === "BPE") {
    throw new RangeError("trimTokenizer: a BPE vocabulary cannot be trimmed piece by piece");
  }
  const kept = new Set(Array.from(used));
  for (const { id } of file.added_tokens) kept.add(id);
  for (const id of indispensable(file)) kept.add(id);
  const pieceIds = Int32Array.from(kept).sort();
  const renumbered = new Map(Array.from(pieceIds, (id, row) => [id, row]));
  const raw = JSON.parse(json) as Record<string, unknown>;
  const trimmed = {
    ...raw,
    added_tokens: file.added_tokens.map((token) => ({ ...token, id: renumbered.get(token.id)! })),
    post_processor: renumberFrame(raw["post_processor"], renumbered),
    padding: null,
    model: trimModel(file.model, renumbered),
  };
  return { json: JSON.stringify(trimmed), pieceIds };
}

function indispensable({ model }: TokenizerFile): number[] {
  if (model.type !== "Unigram") {
    const unknown = (model as { unk_token?: unknown }).unk_token;
    const id = typeof unknown === "string" ? model.vocab[unknown] : undefined;
    return id === undefined ? [] : [id];
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

function trimModel(model: TokenizerFile["model"], renumbered: Renumbered): object {
  if (model.type === "Unigram") {
    const vocab = model.vocab.filter((_, id) => renumbered.has(id));
    return { ...model, vocab, unk_id: renumbered.get(model.unk_id)! };
  }
  const rows = Object.entries(model.vocab).filter(([, id]) => renumbered.has(id));
  return { ...model, vocab: Object.fromEntries(rows.map(([piece, id]) => [piece, renumbered.get(id)!])) };
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
