// BM25 as a baseline: every question among the passages of its own language, measured as an encoder is. Reads no file.
import { createBlockCounts } from "../metrics/blockCounts.ts";
import type { EvalSet, Values } from "../metrics/evaluation.ts";
import { meanDefined } from "../metrics/languageMeans.ts";
import { evalMetrics } from "../metrics/metricTable.ts";
import { createRankCounter } from "../metrics/rankCounter.ts";
import { createBm25 } from "./bm25.ts";
import { ownPool, type OwnPool } from "./ownPool.ts";

const QUERIES_AT_ONCE = 64;

/** Texts of one language's questions and passages, in the order of the pool. */
export type PoolTexts = (
  pool: OwnPool,
) => Promise<{ readonly queries: string[]; readonly passages: string[] }>;

export interface PoolBaseline {
  readonly values: Values; // of measures in the own language's pool alone
  readonly perLanguage: Readonly<Record<string, Values>>;
}

/** @param cuts as the evaluation has them */
export async function bm25Pools(
  set: EvalSet,
  textsOf: PoolTexts,
  cuts: readonly string[],
  onLanguage: (done: number) => void = () => undefined,
): Promise<PoolBaseline> {
  const metrics = evalMetrics(cuts).filter(({ pool, ofQuery }) => pool === "mono" && ofQuery !== undefined);
  const perLanguage: Record<string, Values> = {};
  for (const [x, lang] of set.languages.entries()) {
    const pool = ownPool(set, x);
    const { values } = rankedByWords(pool, await textsOf(pool), cuts);
    perLanguage[lang] = Object.fromEntries(metrics.map(({ path }) => [path, values[path] ?? null]));
    onLanguage(x + 1);
  }
  const overall = (path: string) => meanDefined(Object.values(perLanguage).map((own) => own[path] ?? null));
  return { values: Object.fromEntries(metrics.map(({ path }) => [path, overall(path)])), perLanguage };
}

function rankedByWords(
  { set, passages: pool }: OwnPool,
  { queries, passages }: Awaited<ReturnType<PoolTexts>>,
  cuts: readonly string[],
) {
  const index = createBm25(passages);
  const relevantScores = new Float32Array(set.relevant.length);
  queries.forEach((text, q) => {
    const scores = index.scores(text);
    for (let at = set.relevantOffsets[q]!; at < set.relevantOffsets[q + 1]!; at++)
      relevantScores[at] = scores[set.relevant[at]!]!;
  });
  const counter = createRankCounter(set, cuts);
  const counts = createBlockCounts(set, relevantScores);
  for (let first = 0; first < queries.length; first += QUERIES_AT_ONCE) {
    const block = queries.slice(first, first + QUERIES_AT_ONCE);
    const scores = new Float32Array(block.length * pool.length);
    block.forEach((text, i) => scores.set(index.scores(text), i * pool.length)); // again: all at once may not fit
    const stretch = { first, n: block.length };
    counts.add(stretch, { first: 0, n: pool.length }, scores);
    counter.addRanks(first, block.length, counts.ranks(stretch));
  }
  return counter.finish();
}
