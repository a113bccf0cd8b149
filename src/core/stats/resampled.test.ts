// Intervals and tests against scipy's (scipyReference.py), against enumeration by hand, and by what must hold always.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { createBootstrap, MIN_CLUSTERS, quantile } from "./bootstrap.ts";
import { clusterSums } from "./clusterSums.ts";
import { compareQueries, intervalsOf } from "./compareQueries.ts";
import { holmAdjusted } from "./holm.ts";
import { createRandomisation } from "./randomisation.ts";
import { QUERY_METRICS, type QueryValues } from "./queryValues.ts";
import { finishResampling } from "./resampling.ts";

/** Values by concept and language; null where the language lacks the concept. Every metric gets the same ones. */
function queriesOf(rows: readonly (readonly (number | null)[])[]): QueryValues {
  const cells = rows.flatMap((row, concept) =>
    row.flatMap((value, lang) => (value === null ? [] : [{ concept, lang, value }])),
  );
  const values = Float32Array.from(cells, ({ value }) => value);
  const nLangs = rows[0]?.length ?? 0;
  return {
    languages: Array.from({ length: nLangs }, (_, lang) => `l${lang}`),
    queryLangs: Uint16Array.from(cells, ({ lang }) => lang),
    clusters: Int32Array.from(cells, ({ concept }) => concept),
    crossPools: Int32Array.from({ length: nLangs }, () => nLangs - 1),
    values: Object.fromEntries(QUERY_METRICS.map((metric) => [metric, values])),
  };
}

interface Reference {
  readonly first: (number | null)[][];
  readonly second: (number | null)[][];
  readonly firstInterval: [number, number];
  readonly firstIntervals: [number, number][];
  readonly firstStudentised: [number, number];
  readonly thirdStudentised: [number, number]; // of the third language
  readonly differenceStudentised: [number, number];
  readonly difference: number;
  readonly differenceInterval: [number, number];
  readonly p: number;
  readonly ps: number[];
}
const reference = JSON.parse(
  readFileSync(new URL("./scipyReference.fixture.json", import.meta.url), "utf8"),
) as Reference;

describe("against scipy", () => {
  const first = queriesOf(reference.first);
  const second = queriesOf(reference.second);
  const percentiles = (minus?: QueryValues) =>
    finishResampling(createBootstrap(clusterSums(first, ["map/multi"], minus), createRandom(1), 2000, 0))[
      "map/multi"
    ]!;
  const own = percentiles();
  const compared = finishResampling(compareQueries(first, second)!)["map/multi"]!;

  // A 2.5 % quantile of B = 2,000 normal draws has sd 2.7 s / sqrt(B) = 0.06 s (s = interval width / 3.92), scipy's of
  // 100,000 a seventh of that: 4 sd are 0.25 s, or 0.065 of the width.
  const nearTo = ([low, high]: [number, number], got: { low: number; high: number } | undefined) => {
    expect(Math.abs(got!.low - low)).toBeLessThan(0.065 * (high - low));
    expect(Math.abs(got!.high - high)).toBeLessThan(0.065 * (high - low));
  };

  it("finds the intervals of one run", () => {
    nearTo(reference.firstInterval, own.overall);
    reference.firstIntervals.forEach((interval, lang) => nearTo(interval, own.byLanguage[`l${lang}`]));
    expect(own.overall!.clusters).toBe(40);
    expect(own.byLanguage.l2!.clusters).toBe(30); // ten concepts are missing there
  });

  it("studentises as numpy does: of one run, of a language with gaps, of a difference", () => {
    const { overall, byLanguage } = finishResampling(intervalsOf(first))["map/multi"]!;
    nearTo(reference.firstStudentised, overall);
    nearTo(reference.thirdStudentised, byLanguage.l2);
    nearTo(reference.differenceStudentised, compared.overall);
  });

  it("finds the interval of a difference, and its p-values", () => {
    expect(compared.overall!.estimate).toBeCloseTo(reference.difference, 7); // float32 values
    nearTo(reference.differenceInterval, percentiles(second).overall);
    // 4 sd of a share of 9,999 permutations: 4 sqrt(p (1 - p) / 9999)
    const sd = (p: number) => Math.sqrt((p * (1 - p)) / 9999);
    expect(Math.abs(compared.overall!.p - reference.p)).toBeLessThan(4 * sd(reference.p));
    reference.ps.forEach((p, lang) =>
      expect(Math.abs(compared.byLanguage[`l${lang}`]!.p - p)).toBeLessThan(4 * sd(p)),
    );
  });
});

it("widens an interval to that of the paragraphs where the questions of a paragraph agree", () => {
  // 400 questions, four on each of 100 paragraphs, whose value they share: there are 100 observations, not 400
  const byParagraph = Array.from({ length: 100 }, (_, p) => [p / 99]);
  const questions = queriesOf(byParagraph.flatMap((row) => [row, row, row, row]));
  const stated = { ...questions, clusters: Int32Array.from({ length: 400 }, (_, q) => q >> 2) };
  const overall = (queries: QueryValues) => finishResampling(intervalsOf(queries))["map/multi"]!.overall!;
  const [apart, together] = [overall(questions), overall(stated)];
  expect([apart.estimate, together.estimate]).toEqual([expect.closeTo(0.5, 7), expect.closeTo(0.5, 7)]);
  expect([apart.clusters, together.clusters]).toEqual([400, 100]);
  // sd of a mean of n independent draws: s / sqrt(n); 400 against 100 makes twice the width. 4 % is the noise of 2,000 draws
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  expect(width(together) / width(apart)).toBeGreaterThan(1.9);
  expect(width(together) / width(apart)).toBeLessThan(2.1);
  // and the width of the paragraphs is that of 100 questions, one on each
  expect(together).toEqual(overall(queriesOf(byParagraph)));
});

describe("quantile", () => {
  it("interpolates between order statistics as numpy does", () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75); // h = 3 * 0.25 = 0.75
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
    expect(quantile([7], 0.025)).toBe(7);
  });

  it("takes the infinite one of two neighbours, where nothing lies between", () => {
    expect(quantile([-Infinity, 3, 5], 0.25)).toBe(-Infinity); // h = .5
    expect(quantile([1, 3, Infinity], 0.75)).toBe(Infinity); // h = 1.5
    expect(quantile([-Infinity, 3, Infinity], 0.5)).toBe(3);
    expect(quantile([Infinity, Infinity], 0.3)).toBe(Infinity);
  });
});

const conceptValues = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    nConcepts: fc.integer({ min: 15, max: 25 }),
    nLangs: fc.integer({ min: 1, max: 3 }),
    gaps: fc.boolean(),
  })
  .map(({ seed, nConcepts, nLangs, gaps }) => {
    const random = createRandom(seed);
    const rows = () =>
      Array.from({ length: nConcepts }, () => Array.from({ length: nLangs }, () => random.next()));
    const isGap = (c: number, lang: number) => gaps && (c + lang) % 5 === 0; // 12 of 15 concepts stay
    const withHoles = (all: number[][]) =>
      all.map((row, c) => row.map((value, lang) => (isGap(c, lang) ? null : value)));
    return { first: withHoles(rows()), second: withHoles(rows()) };
  });

describe("intervals", () => {
  const interval = (queries: QueryValues, seed = 1, resamples = 200) =>
    finishResampling(createBootstrap(clusterSums(queries, ["map/multi"]), createRandom(seed), resamples))[
      "map/multi"
    ]!;

  it("are not narrowed by asking the same question again", () => {
    fc.assert(
      fc.property(conceptValues, ({ first }) => {
        const once = queriesOf(first);
        const repeated = (list: ArrayLike<number>) => Array.from(list).flatMap((x) => [x, x, x]);
        const thrice: QueryValues = {
          ...once,
          queryLangs: Uint16Array.from(repeated(once.queryLangs)),
          clusters: Int32Array.from(repeated(once.clusters)),
          values: { ...once.values, "map/multi": Float32Array.from(repeated(once.values["map/multi"]!)) },
        };
        const [a, b] = [interval(once).overall, interval(thrice).overall];
        expect(b?.low).toBeCloseTo(a!.low, 12);
        expect(b?.high).toBeCloseTo(a!.high, 12);
      }),
      { numRuns: 30 },
    );
  });

  it("lie within the values, and around the estimate of the record", () => {
    fc.assert(
      fc.property(conceptValues, ({ first }) => {
        const { overall, byLanguage } = interval(queriesOf(first));
        const means = first[0]!.flatMap((_, lang) => {
          const own = first.flatMap((row) => (row[lang] === null ? [] : [row[lang]!]));
          return own.length === 0 ? [] : [own.reduce((a, b) => a + b, 0) / own.length];
        });
        expect(overall!.estimate).toBeCloseTo(means.reduce((a, b) => a + b, 0) / means.length, 6);
        for (const one of [overall!, ...Object.values(byLanguage)]) {
          expect(one.low).toBeLessThanOrEqual(one.estimate);
          expect(one.high).toBeGreaterThanOrEqual(one.estimate);
          expect(one.low).toBeGreaterThanOrEqual(0);
          expect(one.high).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("cover the truth about as often as they say", () => {
    // 300 samples of 50 concepts from uniform(0, 1), truth 0.5. Of 95 % intervals 285 cover it. sd of the count is
    // sqrt(300 * .95 * .05) = 3.8. Skewed values are another matter: coverage.test.ts
    let covered = 0;
    for (let sample = 0; sample < 300; sample++) {
      const random = createRandom(sample);
      const rows = Array.from({ length: 50 }, () => [random.next()]);
      const { low, high } = interval(queriesOf(rows), sample, 400).overall!;
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(Math.abs(covered - 285)).toBeLessThan(4 * 3.8);
  });

  it("are not given for fewer than ten concepts, nor before the work is done", () => {
    const few = queriesOf(Array.from({ length: MIN_CLUSTERS - 1 }, (_, i) => [i / 10]));
    expect(interval(few)).toEqual({ byLanguage: {} });
    expect(interval(queriesOf([]))).toEqual({ byLanguage: {} });
    expect(() => intervalsOf(few).result()).toThrow("0 of 2000 resamples are done");
  });

  it("of values that are nearly all alike end where values can lie, or are not given where they can lie anywhere", () => {
    // One of twelve differs: (11/12)^12 = 35 % of the resamples lack it and have no error, so t has no 97.5 % quantile.
    const rows = Array.from({ length: 12 }, (_, i) => [i === 0 ? 0.5 : 0.25]);
    const found = finishResampling(intervalsOf(queriesOf(rows)));
    expect(found["map/multi"]!.overall!.high).toBe(1);
    expect(found["map/multi"]!.overall!.low).toBeGreaterThan(0.2);
    expect(found["rankDistance"]).toEqual({ byLanguage: {} });
    // All alike: no other value was ever seen, so there is no width to tell.
    const alike = finishResampling(intervalsOf(queriesOf(rows.map(() => [0.25]))))["map/multi"]!.overall!;
    expect([alike.low, alike.high]).toEqual([0.25, 0.25]);
  });

  it("come out the same in parts and at once", () => {
    const queries = queriesOf(reference.first);
    const inParts = intervalsOf(queries);
    while (inParts.done < inParts.total) inParts.advance(7);
    expect(inParts.result()).toEqual(finishResampling(intervalsOf(queries)));
  });

  it("weigh a language in the cross-lingual mean by its pools", () => {
    const rows = Array.from({ length: MIN_CLUSTERS }, () => [1, 0]);
    const queries = { ...queriesOf(rows), crossPools: Int32Array.of(3, 1) };
    const found = finishResampling(intervalsOf(queries));
    expect(found["map/cross"]!.overall!.estimate).toBe(0.75); // (3 * 1 + 1 * 0) / 4
    expect(found["map/multi"]!.overall!.estimate).toBe(0.5);
  });
});

describe("randomisation test", () => {
  const test = (first: number[][], second: number[][], seed = 3, total = 9999) => {
    const sums = clusterSums(queriesOf(first), ["map/multi"], queriesOf(second));
    return finishResampling(createRandomisation(sums, createRandom(seed), total))["map/multi"]!;
  };

  it("agrees with counting every swap", () => {
    // differences 4, 2, 1 (/8): of 8 signs the mean is as far from 0 as +7 for +++ and ---: p = 2/8.
    // In the language with 4, 2, -1, sum 5: +-(4 2 1), +-(4 2 -1): 4/8.
    const { overall, byLanguage } = test(
      [
        [0.5, 0.5],
        [0.25, 0.25],
        [0.125, 0],
      ],
      [
        [0, 0],
        [0, 0],
        [0, 0.125],
      ],
    );
    expect(Math.abs(byLanguage.l0! - 2 / 8)).toBeLessThan(0.02); // 4 sqrt(.25 * .75 / 9999) = .017
    expect(Math.abs(byLanguage.l1! - 4 / 8)).toBeLessThan(0.02);
    // together 8, 4, 0: as far as 12 for ++. and --.: 4/8
    expect(Math.abs(overall! - 4 / 8)).toBeLessThan(0.02);
  });

  it("never gives 0, and 1 for equal runs", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i / 40]);
    const better = rows.map((row) => row.map((x) => x + 1));
    expect(test(better, rows).overall).toBe(1 / 10_000); // (0 + 1) / (9999 + 1)
    expect(test(rows, rows).overall).toBe(1);
  });

  it("finds 5 % of equal runs different at the 5 % level", () => {
    let found = 0;
    for (let sample = 0; sample < 400; sample++) {
      const random = createRandom(sample);
      const rows = () => Array.from({ length: 30 }, () => [random.next()]);
      if (test(rows(), rows(), sample, 199).overall! <= 0.05) found++;
    }
    // expected 20, sd sqrt(400 * .05 * .95) = 4.4
    expect(Math.abs(found - 20)).toBeLessThan(4 * 4.4);
  });
});

describe("comparison of two runs", () => {
  it("turns its signs with the order of the runs and nothing else", () => {
    fc.assert(
      fc.property(conceptValues, ({ first, second }) => {
        const [a, b] = [queriesOf(first), queriesOf(second)];
        const there = finishResampling(compareQueries(a, b)!)["map/mono"]!;
        const back = finishResampling(compareQueries(b, a)!)["map/mono"]!;
        expect(Object.keys(there.byLanguage)).toEqual(Object.keys(back.byLanguage));
        for (const [lang, one] of Object.entries({ ...there.byLanguage, all: there.overall! })) {
          const other = lang === "all" ? back.overall! : back.byLanguage[lang]!;
          expect(other.estimate).toBeCloseTo(-one.estimate, 9);
          expect(other.low).toBeCloseTo(-one.high, 9);
          expect(other.high).toBeCloseTo(-one.low, 9);
          expect(other.p).toBe(one.p);
          expect(other.pHolm).toBe(one.pHolm);
        }
      }),
      { numRuns: 5 },
    );
  });

  it("is refused between runs that were asked different queries", () => {
    expect(compareQueries(queriesOf([[1]]), queriesOf([[1], [2]]))).toBeUndefined();
  });
});

describe("holmAdjusted", () => {
  it("multiplies the smallest by m, the next by m - 1, and never falls", () => {
    // sorted .01 .02 .04 .2: 4 * .01 = .04, 3 * .02 = .06, 2 * .04 = .08, 1 * .2
    expect(holmAdjusted([0.04, 0.01, 0.2, 0.02])).toEqual([0.08, 0.04, 0.2, 0.06]);
    // .03 .03: 2 * .03 = .06, then max(.06, .03)
    expect(holmAdjusted([0.03, 0.03])).toEqual([0.06, 0.06]);
    expect(holmAdjusted([0.9, 0.8])).toEqual([1, 1]);
    expect(holmAdjusted([])).toEqual([]);
  });
});
