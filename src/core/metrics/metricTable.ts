// The table of every number a run has: points, records, tiles, tables, charts, comparisons and docs/metrics.md are drawn
// from it. A data table; the measures themselves are in averagePrecision.ts and rankDistance.ts.
import { averagePrecision } from "./averagePrecision.ts";
import { cutMetric, cutRow } from "./cuts.ts";
import type { EvalMetric, Metric, MetricRow, Place } from "./metric.ts";
import { rankDistance } from "./rankDistance.ts";

const SCORE = { unit: "0–1", scale: "score", better: "higher", tolerance: { absolute: 0.01 } } as const;
const RANKS = { unit: "candidates", scale: "ranks", better: "lower", tolerance: { relative: 0.02 } } as const;

const AP: MetricRow["ofQuery"] = ({ ranks, nRelevant }) => averagePrecision(ranks, nRelevant);

/** In the order of points and files. */
export const METRIC_ROWS = {
  "loss/<kind>": {
    label: "Loss",
    what: "training loss of the batches of one kind, such as `loss/mono`",
    unit: "nats",
    scale: "other",
    better: "lower",
    tolerance: { relative: 0.02 },
    since: 1,
  },
  "map/mono": {
    ...SCORE,
    label: "Mo mAP",
    short: "Mo",
    plain: "Same language",
    spelled: "mAP, query and pool in one language",
    what: "query in x, pool in x: mean AP over queries, then over languages",
    help: "Questions of each language, answers in the same language.",
    tile: { head: "Mo", unit: "mAP", meaning: "Own language" },
    shown: ["list", "table", "summary"],
    pool: "mono",
    ofQuery: AP,
    kept: "query",
    since: 1,
  },
  "map/cross": {
    ...SCORE,
    label: "Cr mAP",
    short: "Cr",
    plain: "Another language",
    spelled: "mAP, pool in one other language",
    what: "query in x, pool in y ≠ x: mean AP over queries, then over ordered pairs (x, y)",
    help: "Questions of each language, answers in one other language, averaged over the others.",
    tile: { head: "Cr", unit: "mAP", meaning: "One other language" },
    shown: ["list", "table", "summary"],
    pool: "cross",
    ofQuery: AP,
    kept: "query",
    since: 1,
  },
  "map/multi": {
    ...SCORE,
    label: "Mul mAP",
    short: "Mul",
    plain: "All languages",
    spelled: "mAP, pool of all languages",
    what: "query in x, pool of all languages, all parallel passages relevant: over queries, then languages",
    help: "Questions of each language, answers in all languages at once, where every translation of the answer counts as right. The hardest of the three, and nearest to a real multilingual engine.",
    tile: { head: "Mul", unit: "mAP", meaning: "All languages at once" },
    shown: ["list", "table", "order", "summary"],
    pool: "multi",
    ofQuery: AP,
    kept: "query",
    since: 1,
  },
  "recall@1/mono": {
    ...cutRow("recall@1/mono"),
    what: "fraction of the R relevant passages at rank 1, averaged as `map/mono`",
    kept: "mean",
    since: 1,
  },
  "recall@1/cross": {
    ...cutRow("recall@1/cross"),
    what: "fraction of the R relevant passages at rank 1, averaged as `map/cross`",
    kept: "mean",
    since: 1,
  },
  "recall@10/multi": {
    ...cutRow("recall@10/multi"),
    what: "fraction of the R relevant passages in the first 10 of the pool of all languages",
    kept: "mean",
    since: 1,
  },
  "recall@100/mono": {
    ...cutRow("recall@100/mono"),
    what: "fraction of the R relevant passages in the first 100 of the own language's pool",
    kept: "language",
    since: 2,
  },
  "ndcg@10/mono": {
    ...cutRow("ndcg@10/mono"),
    what: "nDCG@10 in the own language's pool: gain = grade (1 where there are none), discount log2(rank + 1)",
    shown: ["table", "summary"],
    kept: "query",
    since: 2,
  },
  "mrr@10/mono": {
    ...cutRow("mrr@10/mono"),
    what: "mean of 1 / rank of the best relevant passage in the own language's pool, 0 beyond rank 10",
    shown: ["summary"],
  },
  rankDistance: {
    ...RANKS,
    label: "Rank distance",
    short: "RD",
    plain: "Rank distance",
    spelled: "rank distance in the pool of all languages (lower is better)",
    what: "last minus first rank of a query's relevant passages in the pool of all languages; lower is better",
    help: "In the pool of all languages: how far apart the best and the worst placed translation of one answer stand, in ranks. Low is good: no language is preferred.",
    tile: { head: "Rank distance", unit: "ranks", meaning: "First to last right answer" },
    shown: ["list", "table", "order", "summary"],
    pool: "multi",
    ofQuery: ({ ranks, nRelevant }) => (nRelevant > 1 ? rankDistance(ranks, nRelevant) : undefined),
    kept: "query",
    since: 1,
  },
  maxAtR: {
    ...RANKS,
    label: "Max@R",
    what: "rank at which the last relevant passage is found, same pool",
    pool: "multi",
    ofQuery: ({ ranks, nRelevant }) => ranks[nRelevant - 1]!,
    kept: "mean",
    since: 1,
  },
  sameLanguageShare: {
    ...SCORE,
    label: "Same-language share",
    plain: "Answers in the question’s language",
    what: "share of the query's own language in the first min(10, N) of the pool of all languages",
    help: "How many of the ten best answers are in the language of the query. Compare it with the share that language has in the pool: above it, the engine favours its own language.",
    tile: { head: "Language bias", unit: "top 10", meaning: "Share in the question’s language" },
    shown: ["summary"],
    scale: "share",
    better: "lower",
    pool: "multi",
    ofQuery: ({ topShare }) => topShare,
    kept: "query",
    since: 1,
  },
  sameLanguageBase: {
    ...SCORE,
    label: "Same-language share without bias",
    what: "share of those languages in the pool: the value of `sameLanguageShare` without any bias",
    shown: ["summary"],
    scale: "share",
    better: "neither",
    pool: "multi",
    kept: "mean",
    since: 1,
  },
  "ratio/<kind>": {
    ...SCORE,
    label: "Share of batches",
    what: "share of that kind among the batches since the last such point",
    scale: "share",
    better: "neither",
    since: 1,
  },
  "mix/<kind>": {
    ...SCORE,
    label: "Share asked",
    what: "share of that kind asked of the batch that follows, where a rule, a curve or a hand moves it",
    scale: "share",
    better: "neither",
    since: 6,
  },
  "weight/<kind>": {
    label: "Loss weight",
    what: "weight of that kind in the loss of the batch that follows, where weights move",
    unit: "factor",
    scale: "other",
    better: "neither",
    tolerance: { relative: 0.02 },
    since: 6,
  },
  "distillation/loss": {
    label: "Teacher’s loss",
    what: "the teacher's part of the loss of a batch, unweighted; runs with a teacher only",
    unit: "in its kind",
    scale: "other",
    better: "lower",
    tolerance: { relative: 0.02 },
    since: 2,
  },
  "distillation/cosine": {
    ...SCORE,
    label: "Agreement with the teacher (cosine)",
    what: "agreement with a teacher of equal width: mean cosine of a passage's two vectors",
    unit: "−1–1",
    since: 2,
  },
  "distillation/correlation": {
    ...SCORE,
    label: "Agreement with the teacher (correlation)",
    what: "agreement with a teacher of another width: see below",
    unit: "−1–1",
    since: 2,
  },
  "perf/<what>": {
    label: "Speed",
    what: "speed and memory, e.g. `perf/pairs_per_s`",
    unit: "in its name",
    scale: "other",
    better: "neither",
    tolerance: { relative: Infinity }, // the machine's mood: recorded, no part of the result
    since: 1,
  },
} as const satisfies Record<string, MetricRow>;

export type MetricPath = keyof typeof METRIC_ROWS;

export const METRICS: readonly Metric[] = Object.entries<MetricRow>(METRIC_ROWS).map(([path, row]) => ({
  path,
  ...row,
}));

const isMeasured = (metric: Metric): metric is EvalMetric => metric.pool !== undefined;

/** What every final evaluation measures, in the order of its points. */
export const EVAL_METRICS: readonly EvalMetric[] = METRICS.filter(isMeasured);

/** Older metrics first, so that a new one takes no column's place. */
export const byAge = (metrics: readonly EvalMetric[]): EvalMetric[] =>
  [...metrics].sort((a, b) => a.since - b.since);

/** The rows that are shown in a place. */
export const shownIn = (place: Place): readonly EvalMetric[] =>
  byAge(EVAL_METRICS).filter(({ shown }) => shown?.includes(place));

const byPath = new Map(METRICS.map((metric) => [metric.path, metric]));

/** Whether a metric has a row of its own, so that nobody need ask for it. */
export const isStanding = (path: string): boolean => byPath.has(path);

/** The row of a metric that the code names. */
export const metricAt = (path: MetricPath): Metric => byPath.get(path)!;

/**
 * @returns the row of any point's metric: "loss/mono" is that of "loss/<kind>", "ndcg@20/multi" is made; undefined for what
 *   no table knows
 */
export function findMetric(path: string): Metric | undefined {
  const [group] = path.split("/", 1);
  const named = (name: string) => (group === path ? undefined : byPath.get(`${group}/${name}`));
  return byPath.get(path) ?? named("<kind>") ?? named("<what>") ?? cutMetric(path);
}

/**
 * What an evaluation measures: the standing metrics and the cuts asked for. Those come last, in one order and with all that
 * is kept of any, also where they stand anyway: so a record is the same in labs before and after one became standing.
 * @param cuts paths, as `readCuts` gives them
 */
export function evalMetrics(cuts: readonly string[] = []): readonly EvalMetric[] {
  const asked = cuts.map((path): EvalMetric => ({ ...byPath.get(path), path, ...cutRow(path) }));
  return [...EVAL_METRICS.filter(({ path }) => !cuts.includes(path)), ...asked];
}

/** Of them those whose values of queries are kept; languages have points of these. */
export const queryMetrics = (cuts?: readonly string[]): readonly EvalMetric[] =>
  byAge(evalMetrics(cuts)).filter(({ kept }) => kept === "query");
