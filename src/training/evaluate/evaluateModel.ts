// Encodes an evaluation set and ranks it: exact, and never a full score matrix in memory.
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import type { PerQuery } from "../../core/metrics/perQuery.ts";
import { createRankCounter, type RankCounter } from "../../core/metrics/rankCounter.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import type { Encodes } from "../model/createEncoder.ts";
import { letGo } from "../../core/letGo.ts";
import { createPoolRanker } from "../model/poolRanker.ts";
import type { EvalTask } from "./evalTask.ts";
import { encodeParts } from "./encodeParts.ts";
import { rankInBlocks } from "./evaluateBlocks.ts";
import { blockRows, type Gate } from "./poolBlocks.ts";
import type { RunProgress } from "../../core/run/progress.ts";

type OnProgress = (progress: RunProgress) => void;

/** @property passageVectors (N, D) for whoever wants to search; undefined for a pool that is ranked in blocks */
export interface Evaluated {
  readonly result: EvalResult;
  readonly perQuery: PerQuery; // the values of single queries that the result is made of
  readonly passageVectors: Float32Array | undefined;
}

/**
 * Mo, Cr, Mul, recall, rank distance and bias of the present weights (METHOD 2).
 * @param progress told after each block, of texts that are encoded and of queries that are ranked
 * @throws what the control's gate or signal throws
 * @param rows passages of a block; by default the whole pool, where it can be held
 */
export async function evaluateModel(
  model: Encodes,
  task: EvalTask,
  control: Gate,
  progress: OnProgress,
  rows = blockRows(task.set.passageLangs.length, vectorWidth(model.config)),
): Promise<Evaluated> {
  const { set } = task;
  const counter = createRankCounter(set, task.cuts);
  let passageVectors: Float32Array | undefined;
  if (rows < set.passageLangs.length) {
    counter.addRanks(0, set.queryLangs.length, await rankInBlocks(model, task, rows, control, progress));
  } else passageVectors = await rankAtOnce(counter, model, task, control, progress);
  return { result: counter.finish(), perQuery: counter.perQuery(), passageVectors };
}

/** Counts on the device, where the whole pool lies. @returns the pool's vectors */
async function rankAtOnce(
  counter: RankCounter,
  model: Encodes,
  task: EvalTask,
  control: Gate,
  progress: OnProgress,
): Promise<Float32Array> {
  const width = vectorWidth(model.config);
  const nQueries = task.set.queryLangs.length;
  const everyone = Int32Array.from(task.set.passageLangs.keys());
  const texts = [await task.passages(everyone), task.queries];
  const [passageVectors, queryVectors] = await encodeParts(model, texts, control.signal, progress);
  const ranker = createPoolRanker(task.set, passageVectors!, width);
  try {
    for (let first = 0; first < nQueries; first += ranker.queriesAtOnce) {
      const n = Math.min(ranker.queriesAtOnce, nQueries - first);
      const vectors = queryVectors!.subarray(first * width, (first + n) * width);
      counter.addRanks(first, n, await ranker.rank(first, vectors));
      progress({ phase: "evaluate", done: first + n, total: nQueries, unit: "queries" });
      await control.gate();
    }
  } finally {
    ranker.dispose();
    letGo(queryVectors!);
  }
  return passageVectors!;
}
