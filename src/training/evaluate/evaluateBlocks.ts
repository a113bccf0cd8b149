// Evaluates a pool too large to hold, block by block: the same ranks to the last bit as over the whole at once.
import { createBlockCounts } from "../../core/metrics/blockCounts.ts";
import type { BlockRanks } from "../../core/metrics/countedRanks.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import type { Encodes } from "../model/createEncoder.ts";
import { createScorer } from "../model/scorer.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { EvalTask } from "./evalTask.ts";
import { encodeParts } from "./encodeParts.ts";
import { encodePool, type Gate } from "./poolBlocks.ts";

/** Queries scored at a time: their scores in a block of 32,768 passages are 32 MiB. */
const QUERIES_AT_ONCE = 256;

/**
 * Two passes. The first encodes the relevant passages and scores each against its queries; the second encodes the pool
 * block by block and counts, per query, who outranks them. So memory holds the vectors of queries, of relevant passages
 * and of one block, whatever the pool. Equal bits need two things that hold in this engine and are tested: a text's
 * vector does not depend on the texts encoded beside it, and a score not on the column it stands in.
 *
 * @param rows passages of a block
 * @returns ranks of all queries
 */
export async function rankInBlocks(
  model: Encodes,
  task: EvalTask,
  rows: number,
  control: Gate,
  progress: (progress: RunProgress) => void,
): Promise<BlockRanks> {
  const { set } = task;
  const { relevant, relevantOffsets } = set;
  const width = vectorWidth(model.config);
  const nQueries = set.queryLangs.length;
  const known = Int32Array.from(new Set(relevant)).sort(); // pool indices
  const texts = [task.queries, await task.passages(known)];
  const [queryVectors, knownVectors] = await encodeParts(model, texts, control.signal, progress);
  const placeOf = new Map(Array.from(known, (passage, place) => [passage, place]));
  const vectorOf = (passage: number) => {
    const place = placeOf.get(passage)!;
    return knownVectors!.subarray(place * width, (place + 1) * width);
  };
  const queryBlocks = Array.from({ length: Math.ceil(nQueries / QUERIES_AT_ONCE) }, (_, b) => {
    const first = b * QUERIES_AT_ONCE;
    return { first, n: Math.min(QUERIES_AT_ONCE, nQueries - first) };
  });
  const vectorsOf = ({ first, n }: { first: number; n: number }) =>
    queryVectors!.subarray(first * width, (first + n) * width);

  const thresholds = new Float32Array(relevant.length);
  for (const block of queryBlocks) {
    const { first, n } = block;
    const columns = [...new Set(relevant.subarray(relevantOffsets[first], relevantOffsets[first + n]))];
    const columnOf = new Map(columns.map((passage, column) => [passage, column]));
    const own = new Float32Array(columns.length * width);
    columns.forEach((passage, column) => own.set(vectorOf(passage), column * width));
    const scores = await scoresOf(own, vectorsOf(block), width);
    for (let q = first; q < first + n; q++) {
      for (let at = relevantOffsets[q]!; at < relevantOffsets[q + 1]!; at++) {
        thresholds[at] = scores[(q - first) * columns.length + columnOf.get(relevant[at]!)!]!;
      }
    }
  }

  const counts = createBlockCounts(set, thresholds);
  for await (const { first, n, vectors } of encodePool(model, task, rows, control.signal)) {
    for (let passage = first; passage < first + n; passage++) {
      if (placeOf.has(passage)) vectors.set(vectorOf(passage), (passage - first) * width);
    }
    const scorer = createScorer(vectors, width);
    try {
      for (const block of queryBlocks) {
        counts.add(block, { first, n }, await scorer.scores(vectorsOf(block)));
        await control.gate();
      }
    } finally {
      scorer.dispose();
    }
    progress({ phase: "evaluate", done: first + n, total: set.passageLangs.length, unit: "texts" });
  }
  return counts.ranks({ first: 0, n: nQueries });
}

async function scoresOf(passages: Float32Array, queries: Float32Array, width: number): Promise<Float32Array> {
  const scorer = createScorer(passages, width);
  try {
    return await scorer.scores(queries);
  } finally {
    scorer.dispose();
  }
}
