// Intervals of one run and the comparison of two, from their values of single queries: the one recipe that page,
// command line and files share, with its seed. Never mixes queries and seeds.
import { createRandom } from "../random.ts";
import { createBootstrap, type Interval, type Intervals } from "./bootstrap.ts";
import { clusterSums } from "./clusterSums.ts";
import { holmAdjusted } from "./holm.ts";
import { sameQueries, type QueryValues } from "./queryValues.ts";
import { createRandomisation, type Tests } from "./randomisation.ts";
import type { Resampling } from "./resampling.ts";

/** Of the resamples: fixed, so that the same values always give the same interval. */
const SEED = 0;

/** 95 % intervals of every kept metric, overall and per language. */
export function intervalsOf(queries: QueryValues): Resampling<Intervals> {
  return createBootstrap(
    clusterSums(queries, Object.keys(queries.values)),
    createRandom(SEED).fork("bootstrap"),
  );
}

export interface Difference extends Interval {
  readonly p: number; // two-sided
  readonly pHolm?: number; // of a language: adjusted over the languages
}

export interface MetricDifferences {
  readonly overall?: Difference;
  readonly byLanguage: Readonly<Record<string, Difference>>;
}

/** By metric path. */
export type Differences = Readonly<Record<string, MetricDifferences>>;

/**
 * First run minus second, query by query.
 *
 * @returns undefined if they were not asked the same queries
 */
export function compareQueries(first: QueryValues, second: QueryValues): Resampling<Differences> | undefined {
  if (!sameQueries(first, second)) return undefined;
  const both = Object.keys(first.values).filter((path) => path in second.values);
  const sums = clusterSums(first, both, second);
  const random = createRandom(SEED);
  const bootstrap = createBootstrap(sums, random.fork("bootstrap"));
  const test = createRandomisation(sums, random.fork("randomisation"));
  return {
    total: bootstrap.total + test.total,
    get done() {
      return bootstrap.done + test.done;
    },
    advance(n) {
      const before = bootstrap.done;
      bootstrap.advance(n);
      test.advance(n - (bootstrap.done - before));
    },
    result: () => joined(bootstrap.result(), test.result()),
  };
}

function joined(intervals: Intervals, tests: Tests): Differences {
  return Object.fromEntries(
    Object.entries(intervals).map(([metric, { overall, byLanguage }]) => {
      const test = tests[metric]!;
      const languages = Object.keys(byLanguage);
      const adjusted = holmAdjusted(languages.map((lang) => test.byLanguage[lang]!));
      return [
        metric,
        {
          ...(overall && { overall: { ...overall, p: test.overall! } }),
          byLanguage: Object.fromEntries(
            languages.map((lang, i) => [
              lang,
              { ...byLanguage[lang]!, p: test.byLanguage[lang]!, pHolm: adjusted[i]! },
            ]),
          ),
        },
      ];
    }),
  );
}
