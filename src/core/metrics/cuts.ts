// Measures with a cut, at any cut and in any pool: "ndcg@20/multi" is a metric because somebody asks for it. The standing
// ones have rows of their own in metricTable.ts.
import { ndcgAt, recallAt, reciprocalRankAt } from "./averagePrecision.ts";
import type { EvalMetric, MetricRow, Pool, QueryMeasure } from "./metric.ts";

/** More at once would fill the page and the values kept of queries. */
export const MAX_CUTS = 12;
export const MAX_CUT = 1_000_000;

interface Family {
  readonly label: string;
  readonly at: (cut: number) => QueryMeasure;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  recall: {
    label: "Recall",
    at:
      (cut) =>
      ({ ranks, nRelevant }) =>
        recallAt(cut, ranks, nRelevant),
  },
  ndcg: {
    label: "nDCG",
    at:
      (cut) =>
      ({ ranks, nRelevant, grades }) =>
        ndcgAt(cut, ranks, nRelevant, grades),
  },
  mrr: {
    label: "MRR",
    at:
      (cut) =>
      ({ ranks, nRelevant }) =>
        reciprocalRankAt(cut, ranks, nRelevant),
  },
};

export const CUT_FAMILIES: readonly string[] = Object.keys(FAMILIES);

interface CutPool {
  readonly pool: Pool;
  readonly prefix: string;
  readonly where: string;
  readonly pairs?: true;
}

const CROSS = "the pool of one other language, averaged as `map/cross`";

const POOLS = {
  mono: { pool: "mono", prefix: "", where: "the own language's pool" },
  cross: { pool: "cross", prefix: "Cr ", where: CROSS },
  multi: { pool: "multi", prefix: "Mul ", where: "the pool of all languages" },
  pairs: { pool: "cross", prefix: "Pairs ", where: `${CROSS}, with the mean of each pair`, pairs: true },
} as const satisfies Record<string, CutPool>;

/** What a cut may be asked for in: a pool, or each pair of languages. */
type CutPlace = keyof typeof POOLS;

const PATTERN = new RegExp(
  `^(${CUT_FAMILIES.join("|")})@([1-9]\\d{0,6})(?:/(${Object.keys(POOLS).join("|")}))?$`,
);

interface Cut {
  readonly family: string;
  readonly at: number;
  readonly place: CutPlace;
}

function parseCut(text: string): Cut | undefined {
  const [, family, digits, place = "mono"] = PATTERN.exec(text) ?? [];
  const at = Number(digits);
  return family === undefined || at > MAX_CUT ? undefined : { family, at, place: place as CutPlace };
}

const pathOf = ({ family, at, place }: Cut) => `${family}@${at}/${place}`;

/** What "ndcg@20", "ndcg@20/multi" and so on have in common with every other row. */
export function cutRow(path: string) {
  const cut = parseCut(path);
  if (!cut) throw new RangeError(`cutRow: "${path}" is no measure with a cut`);
  const { label, at } = FAMILIES[cut.family]!;
  const { prefix, where, pool, pairs }: CutPool = POOLS[cut.place];
  return {
    label: `${prefix}${label}@${cut.at}`,
    what: `${label}@${cut.at} in ${where}`,
    unit: "0–1",
    scale: "score",
    better: "higher",
    tolerance: { absolute: 0.01 },
    pool,
    ofQuery: at(cut.at),
    kept: pairs ? "language" : "query", // values of queries are those of the same cut in "cross"
    ...(pairs && { pairs }),
    since: 3,
  } as const satisfies MetricRow;
}

/** "ndcg@10/pairs" -> "nDCG@10": of one pair of languages. */
export const pairsLabel = (path: string): string => cutRow(path.replace(/\/pairs$/, "/mono")).label;

/** The metric that a path asks for; undefined unless the path is spelled in full: "recall@5/mono". */
export function cutMetric(path: string): EvalMetric | undefined {
  const cut = parseCut(path);
  return cut && pathOf(cut) === path ? { path, ...cutRow(path) } : undefined;
}

/**
 * Metric paths of a list as a person writes it ("recall@5" means the own language's pool): each once, by measure, cut and
 * pool, so that equal wishes are equal specs.
 * @returns undefined if one is none
 */
export function readCuts(list: readonly unknown[]): readonly string[] | undefined {
  const cuts = list.map((text) => (typeof text === "string" ? parseCut(text.trim()) : undefined));
  if (cuts.includes(undefined)) return undefined;
  const order = (key: string, among: readonly string[]) => among.indexOf(key);
  const sorted = (cuts as Cut[]).sort(
    (a, b) =>
      order(a.family, CUT_FAMILIES) - order(b.family, CUT_FAMILIES) ||
      a.at - b.at ||
      order(a.place, Object.keys(POOLS)) - order(b.place, Object.keys(POOLS)),
  );
  return [...new Set(sorted.map(pathOf))];
}
