// The same evaluation the plain way, by sorting every pool: for tests and as the baseline of the bench. Never for a run.
import type { EvalResult, EvalSet } from "./evaluation.ts";

/** Ranks from 1, ascending, of one query's relevant passages in one pool. */
export interface SortedRanks {
  readonly multi: readonly number[];
  readonly multiGrades: readonly number[]; // in their order
  readonly ownGrades: readonly number[]; // in the order of the ranks in the query's own language
  readonly poolGrades: readonly (readonly number[])[]; // in the order of `byLanguage`
  /** By index into `EvalSet.languages`; empty where that pool has none. */
  readonly byLanguage: readonly (readonly number[])[];
  /** Passages of the query's language among the first min(10, N). */
  readonly topSameLanguage: number;
}

/** Pool indices by score descending, then id descending: the definition that counting must reproduce. */
function sortPool(set: EvalSet, scores: Float32Array, members: readonly number[]): number[] {
  return [...members].sort((a, b) => scores[b]! - scores[a]! || set.tieOrder[a]! - set.tieOrder[b]!);
}

/** @param scores (N) finite, of this query */
export function sortQuery(set: EvalSet, query: number, scores: Float32Array): SortedRanks {
  const from = set.relevantOffsets[query]!;
  const listed = set.relevant.subarray(from, set.relevantOffsets[query + 1]);
  const left = new Set(listed.filter((_, i) => set.leftOut?.[from + i] === 1));
  const relevant = new Set(listed.filter((passage) => !left.has(passage)));
  const whole = Array.from(set.passageLangs, (_, i) => i);
  const everyone = whole.filter((passage) => !left.has(passage));
  const ranksIn = (order: readonly number[]) =>
    order.flatMap((passage, i) => (relevant.has(passage) ? [i + 1] : []));
  const order = sortPool(set, scores, everyone);
  const own = order.filter((p) => relevant.has(p) && set.passageLangs[p] === set.queryLangs[query]);
  const gradeOf = (passage: number) =>
    set.grades?.[set.relevant.indexOf(passage, set.relevantOffsets[query])] ?? 1;
  return {
    multi: ranksIn(order),
    multiGrades: order.filter((p) => relevant.has(p)).map(gradeOf),
    ownGrades: own.map(gradeOf),
    poolGrades: set.languages.map((_, lang) =>
      order.filter((p) => relevant.has(p) && set.passageLangs[p] === lang).map(gradeOf),
    ),
    byLanguage: set.languages.map((_, lang) =>
      ranksIn(
        sortPool(
          set,
          scores,
          everyone.filter((passage) => set.passageLangs[passage] === lang),
        ),
      ),
    ),
    topSameLanguage: sortPool(set, scores, whole)
      .slice(0, 10)
      .filter((passage) => set.passageLangs[passage] === set.queryLangs[query]).length,
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

function defined(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

/** AP as METHOD 2 prints it; undefined for R = 0. */
function precisionOf(ranks: readonly number[]): number | null {
  return ranks.length === 0 ? null : ranks.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / ranks.length;
}

function recallOf(cut: number, ranks: readonly number[]): number | null {
  return ranks.length === 0 ? null : ranks.filter((rank) => rank <= cut).length / ranks.length;
}

/** Gain = grade, discount log2(rank + 1), over the same sum of the ideal order: falling grades at ranks 1 to R. */
function ndcgOf(cut: number, ranks: readonly number[], grades: readonly number[]): number | null {
  const gain = (at: readonly number[], gains: readonly number[]) =>
    at.reduce((sum, rank, i) => (rank <= cut ? sum + gains[i]! / Math.log2(1 + rank) : sum), 0);
  const ideal = [...grades].sort((a, b) => b - a);
  return ranks.length === 0
    ? null
    : gain(ranks, grades) /
        gain(
          ranks.map((_, i) => i + 1),
          ideal,
        );
}

function reciprocalRankOf(cut: number, ranks: readonly number[]): number | null {
  const found = ranks.filter((rank) => rank <= cut);
  return ranks.length === 0 ? null : found.length === 0 ? 0 : 1 / Math.min(...found);
}

/**
 * The whole result from all scores (Q, N) at once: what `createRankCounter` computes block by block.
 * @param cuts such as "ndcg@20/multi", in full
 */
export function evaluateBySorting(
  set: EvalSet,
  scores: Float32Array,
  cuts: readonly string[] = [],
): EvalResult {
  const { languages, passageLangs } = set;
  const nPool = passageLangs.length;
  const queries = Array.from(set.queryLangs, (lang, q) => ({
    lang,
    ...sortQuery(set, q, scores.subarray(q * nPool, (q + 1) * nPool)),
  }));
  const evaluated = queries.filter(({ multi }) => multi.length > 0);
  const langs = languages.map((_, lang) => lang);
  const pairs = langs.flatMap((x) => langs.filter((y) => y !== x).map((y) => [x, y] as const));
  type Query = (typeof queries)[number];
  /** Mean over the queries of language x where `value` is defined. */
  const over = (x: number, value: (query: Query) => number | null) =>
    mean(defined(evaluated.filter(({ lang }) => lang === x).map(value)));
  const overLanguages = (value: (query: Query) => number | null) =>
    mean(defined(langs.map((x) => over(x, value))));
  const cell = (x: number, y: number) => over(x, (query) => precisionOf(query.byLanguage[y]!));
  const distance = ({ multi }: Query) => (multi.length < 2 ? null : multi.at(-1)! - multi[0]!);
  const share = ({ topSameLanguage }: Query) => topSameLanguage / Math.min(10, nPool);
  const poolShare = ({ lang }: Query) => passageLangs.filter((other) => other === lang).length / nPool;
  const multi = (query: Query) => precisionOf(query.multi);
  const table = <T>(value: (lang: number) => T) =>
    Object.fromEntries(languages.map((name, lang) => [name, value(lang)]));
  const skippedPairs: Record<string, Record<string, number>> = {};
  for (const { lang, byLanguage } of queries) {
    byLanguage.forEach((ranks, pool) => {
      if (ranks.length > 0) return;
      const row = (skippedPairs[languages[lang]!] ??= {});
      row[languages[pool]!] = (row[languages[pool]!] ?? 0) + 1;
    });
  }
  const mono = (value: (ranks: readonly number[], query: Query) => number | null, x: number) =>
    over(x, (query) => value(query.byLanguage[x]!, query));
  const overMono = (value: (ranks: readonly number[], query: Query) => number | null) =>
    mean(defined(langs.map((x) => mono(value, x))));
  const recall100 = (ranks: readonly number[]) => recallOf(100, ranks);
  const mrr10 = (ranks: readonly number[]) => reciprocalRankOf(10, ranks);
  const ndcg10 = (ranks: readonly number[], query: Query) => ndcgOf(10, ranks, query.ownGrades);
  const asked = cuts.map((path) => {
    const [, family, cut, pool] = /^(\w+)@(\d+)\/(\w+)$/.exec(path)!;
    const of = (ranks: readonly number[], grades: readonly number[]) =>
      family === "ndcg"
        ? ndcgOf(Number(cut), ranks, grades)
        : (family === "mrr" ? reciprocalRankOf : recallOf)(Number(cut), ranks);
    const inPool = (x: number, y: number) =>
      over(x, (query) => of(query.byLanguage[y]!, query.poolGrades[y]!));
    const inAll = (query: Query) => of(query.multi, query.multiGrades);
    const ofLanguage = (x: number) =>
      pool === "multi"
        ? over(x, inAll)
        : pool === "mono"
          ? inPool(x, x)
          : mean(defined(langs.filter((y) => y !== x).map((y) => inPool(x, y))));
    const overall =
      pool === "cross" || pool === "pairs"
        ? mean(defined(pairs.map(([x, y]) => inPool(x, y))))
        : mean(defined(langs.map(ofLanguage)));
    const inPairs = pool === "pairs" ? [table((x) => table((y) => inPool(x, y)))] : [];
    return { path, overall, ofLanguage, inPairs };
  });
  return {
    values: {
      "map/mono": mean(defined(langs.map((x) => cell(x, x)))),
      "map/cross": mean(defined(pairs.map(([x, y]) => cell(x, y)))),
      "map/multi": overLanguages(multi),
      "recall@1/mono": overMono((ranks) => recallOf(1, ranks)),
      "recall@1/cross": mean(
        defined(pairs.map(([x, y]) => over(x, (query) => recallOf(1, query.byLanguage[y]!)))),
      ),
      "recall@10/multi": overLanguages((query) => recallOf(10, query.multi)),
      "recall@100/mono": overMono(recall100),
      "ndcg@10/mono": overMono(ndcg10),
      "mrr@10/mono": overMono(mrr10),
      rankDistance: overLanguages(distance),
      maxAtR: overLanguages((query) => query.multi.at(-1)!),
      sameLanguageShare: overLanguages(share),
      sameLanguageBase: overLanguages(poolShare),
      ...Object.fromEntries(asked.map(({ path, overall }) => [path, overall])),
    },
    perLanguage: table((x) => ({
      values: {
        "map/mono": cell(x, x),
        "map/cross": mean(defined(langs.filter((y) => y !== x).map((y) => cell(x, y)))),
        "map/multi": over(x, multi),
        "recall@100/mono": mono(recall100, x),
        "ndcg@10/mono": mono(ndcg10, x),
        "mrr@10/mono": mono(mrr10, x),
        rankDistance: over(x, distance),
        sameLanguageShare: over(x, share),
        ...Object.fromEntries(asked.map(({ path, ofLanguage }) => [path, ofLanguage(x)])),
      },
      queries: evaluated.filter(({ lang }) => lang === x).length,
    })),
    matrix: table((x) => table((y) => cell(x, y))),
    ...(asked.some(({ inPairs }) => inPairs.length > 0) && {
      pairs: Object.fromEntries(asked.flatMap(({ path, inPairs }) => inPairs.map((one) => [path, one]))),
    }),
    queries: evaluated.length,
    skippedQueries: queries.length - evaluated.length,
    skippedPairs,
    pool: nPool,
  };
}
