// The tensors of a snapshot for a branch whose texts have other pieces: rows of the vocabulary are no shape.
import { TOKEN_WEIGHTS, WORD_EMBEDDINGS } from "../model/encoderConfig.ts";
import type { ModelWeights, WeightTensor } from "../model/weights.ts";
import type { Snapshot } from "./snapshotFile.ts";

const BY_PIECE = [WORD_EMBEDDINGS, TOKEN_WEIGHTS];

/**
 * Rows of pieces that the snapshot knows are its own, with their moments; those of others are the start encoder's, with
 * moments of zero.
 *
 * @param start the encoder's weights with the branch's pieces
 * @param pieceIds (V) of those, in the order of their rows
 */
export function branchTensors(
  { tensors, pieceIds: known }: Pick<Snapshot, "tensors" | "pieceIds">,
  start: ModelWeights,
  pieceIds: Int32Array,
): Record<string, WeightTensor> {
  const rowOf = new Map(Array.from(known, (id, row) => [id, row]));
  return Object.fromEntries(
    Object.entries(tensors).map(([key, tensor]) => {
      const [part, name] = [key.slice(0, key.indexOf("/")), key.slice(key.indexOf("/") + 1)];
      if (!BY_PIECE.includes(name)) return [key, tensor];
      const { shape, data: first } = start.tensors[name]!;
      const width = shape.slice(1).reduce((a, b) => a * b, 1);
      const data = part === "value" ? first.slice() : new Float32Array(first.length);
      pieceIds.forEach((id, row) => {
        const old = rowOf.get(id);
        if (old === undefined) return;
        data.set(tensor.data.subarray(old * width, (old + 1) * width), row * width);
      });
      return [key, { shape, data }];
    }),
  );
}
