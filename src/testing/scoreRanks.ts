// Ranks counted from a whole score matrix, in blocks of any size: what an evaluation in blocks does without an encoder.
import { createBlockCounts } from "../core/metrics/blockCounts.ts";
import type { BlockRanks } from "../core/metrics/countedRanks.ts";
import type { EvalSet } from "../core/metrics/evaluation.ts";

/**
 * @param scores (Q, N) row-major
 * @param blockRows passages of a block; the blocks are added last one first
 */
export function scoreRanks(set: EvalSet, scores: Float32Array, blockRows = Infinity): BlockRanks {
  const nPool = set.passageLangs.length;
  const queries = { first: 0, n: set.queryLangs.length };
  const queryOf = (at: number) => set.relevantOffsets.findIndex((offset) => offset > at) - 1;
  const counts = createBlockCounts(
    set,
    Float32Array.from(set.relevant, (passage, at) => scores[queryOf(at) * nPool + passage]!),
  );
  const size = Math.min(blockRows, nPool);
  for (let first = Math.floor((nPool - 1) / size) * size; first >= 0; first -= size) {
    const n = Math.min(size, nPool - first);
    const block = Array.from({ length: queries.n }, (_, q) => [
      ...scores.subarray(q * nPool + first, q * nPool + first + n),
    ]);
    counts.add(queries, { first, n }, Float32Array.from(block.flat()));
  }
  return counts.ranks(queries);
}
