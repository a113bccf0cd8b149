// Encodes an evaluation set and ranks it, block by block: exact, and never a full score matrix in memory.
import type { TokenRows } from "../../core/data/corpus.ts";
import { buildEvalSet, chooseEvalRows } from "../../core/metrics/evalSet.ts";
import type { EvalResult, EvalSet } from "../../core/metrics/evaluation.ts";
import type { PerQuery } from "../../core/metrics/perQuery.ts";
import { createRankCounter } from "../../core/metrics/rankCounter.ts";
import type { Random } from "../../core/random.ts";
import type { Split } from "../../core/data/records.ts";
import type { Model } from "../model/model.ts";
import { createScorer } from "../model/scorer.ts";
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

/** Scores of one block: at most this many at a time (16 MiB), whatever the pool. */
const BLOCK_SCORES = 4 * 2 ** 20;

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
  const { width } = model.config;
  const nQueries = task.set.queryLangs.length;
  const nPool = task.set.passageLangs.length;
  const passageVectors = await model.encode(task.passages);
  const queryVectors = await model.encode(task.queries);
  const counter = createRankCounter(task.set);
  const scorer = createScorer(passageVectors, width);
  try {
    const block = Math.max(1, Math.min(512, Math.floor(BLOCK_SCORES / Math.max(1, nPool))));
    for (let first = 0; first < nQueries; first += block) {
      const n = Math.min(block, nQueries - first);
      const scores = await scorer.scores(queryVectors.subarray(first * width, (first + n) * width));
      counter.addScores(first, n, scores);
      progress({ phase: "evaluate", done: first + n, total: nQueries, unit: "queries" });
      await control.gate();
    }
  } finally {
    scorer.dispose();
  }
  return { result: counter.finish(), perQuery: counter.perQuery(), passageVectors };
}
