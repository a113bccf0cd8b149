// Encodes an evaluation set and ranks it, block by block: exact, and never a full score matrix in memory.
import type { TokenRows } from "../../core/data/corpus.ts";
import { buildEvalSet, chooseEvalRows } from "../../core/metrics/evalSet.ts";
import type { EvalResult, EvalSet } from "../../core/metrics/evaluation.ts";
import type { PerQuery } from "../../core/metrics/perQuery.ts";
import { createRankCounter } from "../../core/metrics/rankCounter.ts";
import type { Random } from "../../core/random.ts";
import type { Split } from "../../core/data/records.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import type { Model } from "../model/model.ts";
import { createPoolRanker } from "../model/poolRanker.ts";
import type { LoadedCorpus, RunControl, RunProgress } from "./runPorts.ts";
import { trimRows, type Vocabulary } from "./vocabulary.ts";

/** An evaluation that can be repeated as training goes on: the relevance and the tokens are fixed. */
export interface EvalTask {
  readonly set: EvalSet;
  readonly queries: TokenRows;
  readonly passages: TokenRows;
  readonly queryRows: Int32Array; // into the corpus
  readonly passageRows: Int32Array;
}

export async function prepareEval(
  { corpus, names, tokens }: Pick<LoadedCorpus, "corpus" | "names" | "tokens">,
  vocabulary: Vocabulary,
  options: {
    readonly languages: readonly string[];
    readonly split: "heldOut" | Extract<Split, "dev"> | "all";
    readonly maxQueries: number;
    readonly random: Random;
  },
): Promise<EvalTask> {
  const chosen = chooseEvalRows(corpus, options);
  const { queryRows, passageRows } = chosen;
  const passageIds = (await names("passages", passageRows)).map(({ id }) => id);
  return {
    ...chosen,
    set: buildEvalSet(corpus, options.languages, chosen, passageIds),
    queries: trimRows(await tokens("queries", queryRows), vocabulary),
    passages: trimRows(await tokens("passages", passageRows), vocabulary),
  };
}

/**
 * Mo, Cr, Mul, recall, rank distance and bias of the present weights (METHOD 2).
 * @param progress told after each block
 * @returns the result, the values of single queries it is made of, and the passage vectors (N, D) for whoever wants to search
 */
export async function evaluateModel(
  model: Model,
  task: EvalTask,
  control: Pick<RunControl, "gate">,
  progress: (progress: RunProgress) => void,
): Promise<{ result: EvalResult; perQuery: PerQuery; passageVectors: Float32Array }> {
  const width = vectorWidth(model.config);
  const nQueries = task.set.queryLangs.length;
  const passageVectors = await model.encode(task.passages);
  const queryVectors = await model.encode(task.queries);
  const counter = createRankCounter(task.set);
  const ranker = createPoolRanker(task.set, passageVectors, width);
  try {
    for (let first = 0; first < nQueries; first += ranker.queriesAtOnce) {
      const n = Math.min(ranker.queriesAtOnce, nQueries - first);
      const vectors = queryVectors.subarray(first * width, (first + n) * width);
      counter.addRanks(first, n, await ranker.rank(first, vectors));
      progress({ phase: "evaluate", done: first + n, total: nQueries, unit: "queries" });
      await control.gate();
    }
  } finally {
    ranker.dispose();
  }
  return { result: counter.finish(), perQuery: counter.perQuery(), passageVectors };
}
