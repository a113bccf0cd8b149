// Ranks a pool for blocks of queries on the device: scores and counts there, only the ranks come back. Takes no means.
import * as tf from "@tensorflow/tfjs-core";
import type { EvalSet } from "../../core/metrics/evaluation.ts";
import type { BlockRanks } from "../../core/metrics/countedRanks.ts";
import { runKernel } from "../engine/kernel.ts";
import { LARGEST_POOL, rankCounts } from "../kernels/ranking.ts";
import { createScorer } from "./scorer.ts";

export interface PoolRanker {
  /** Queries to rank at a time. */
  readonly queriesAtOnce: number;
  /** @param vectors (n, width) of the set's queries `first` .. `first + n` */
  rank(first: number, vectors: Float32Array): Promise<BlockRanks>;
  dispose(): void;
}

/**
 * Exact ranks, ties by `set.tieOrder`, from scores that never leave the device. Every score of a query comes from one
 * kernel, a relevant passage's own too, so equal vectors tie.
 *
 * @param passages (N, width) vectors of the set's pool
 * @throws RangeError for a pool too large to count in float32
 */
export function createPoolRanker(set: EvalSet, passages: Float32Array, width: number): PoolRanker {
  const pool = set.passageLangs.length;
  if (pool > LARGEST_POOL) {
    throw new RangeError(`A pool may have at most ${LARGEST_POOL} passages, this one has ${pool}`);
  }
  const scorer = createScorer(passages, width);
  const ties = tf.tensor1d(set.tieOrder.slice(), "int32");
  const langs = tf.tensor1d(Int32Array.from(set.passageLangs), "int32");
  return {
    queriesAtOnce: scorer.queriesAtOnce,
    async rank(first, vectors) {
      const rows = vectors.length / width;
      const { relevantOffsets: offsets } = set;
      const relevant = set.relevant.slice(offsets[first], offsets[first + rows]);
      const count = relevant.length;
      const found = tf.tidy(() =>
        runKernel(
          rankCounts,
          {
            scores: scorer.blocks(vectors),
            ties,
            langs,
            queryLangs: tf.tensor1d(Int32Array.from(set.queryLangs.subarray(first, first + rows)), "int32"),
            offsets: tf.tensor1d(
              offsets.slice(first, first + rows + 1).map((offset) => offset - offsets[first]!),
              "int32",
            ),
            relevant: count > 0 ? tf.tensor1d(relevant, "int32") : tf.zeros([1], "int32"),
          },
          { above: [Math.max(count, 1), 2], top: [rows] },
          { rows, block: scorer.blockColumns, pool },
        ),
      );
      const [above, top] = await Promise.all([found.above.data<"float32">(), found.top.data<"float32">()]);
      tf.dispose([found.above, found.top]);
      return { above: above.slice(0, 2 * count), topSameLanguage: top.slice() };
    },
    dispose() {
      scorer.dispose();
      tf.dispose([ties, langs]);
    },
  };
}
