// Counting held against sorting on random sets full of ties, and against a small case worked out by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { scoreRanks } from "../../testing/scoreRanks.ts";
import { createBlockCounts } from "./blockCounts.ts";
import { CUT_FAMILIES, MAX_CUTS, readCuts } from "./cuts.ts";
import { rankedRows } from "./countedRanks.ts";
import type { EvalResult, EvalSet } from "./evaluation.ts";
import { createRankCounter } from "./rankCounter.ts";
import { expectedRankDistance } from "./rankDistance.ts";
import { evaluateBySorting, sortQuery } from "./sortedReference.ts";

function makeSet(
  languages: string[],
  queryLangs: number[],
  passageLangs: number[],
  relevant: number[][],
  tieOrder: number[] = passageLangs.map((_, i) => i),
  grades?: number[],
): EvalSet {
  const offsets = [0];
  for (const list of relevant) offsets.push(offsets.at(-1)! + list.length);
  return {
    languages,
    queryLangs: Uint16Array.from(queryLangs),
    passageLangs: Uint16Array.from(passageLangs),
    relevantOffsets: Int32Array.from(offsets),
    relevant: Int32Array.from(relevant.flat()),
    ...(grades && { grades: Uint8Array.from(grades) }),
    tieOrder: Int32Array.from(tieOrder),
  };
}

/** Any set: languages without passages or queries, queries without relevant, many per language, scores that tie. */
const anyCase = fc
  .record({
    nLangs: fc.integer({ min: 1, max: 4 }),
    nPool: fc.integer({ min: 1, max: 40 }),
    nQueries: fc.integer({ min: 0, max: 6 }),
    nScores: fc.constantFrom(1, 2, 5, 1000), // distinct scores: 1 makes everything tie
    density: fc.constantFrom(0, 0.05, 0.3, 1),
    sorted: fc.boolean(), // languages in runs, as buildEvalSet lays them
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    block: fc.integer({ min: 1, max: 7 }),
  })
  .map(({ nLangs, nPool, nQueries, nScores, density, sorted, seed, block }) => {
    const random = createRandom(seed);
    const passageLangs = Array.from({ length: nPool }, () => random.int(nLangs));
    if (sorted) passageLangs.sort((a, b) => a - b);
    const relevant = Array.from({ length: nQueries }, () =>
      random.shuffle(passageLangs.flatMap((_, i) => (random.next() < density ? [i] : []))),
    );
    const set = makeSet(
      Array.from({ length: nLangs }, (_, i) => `l${i}`),
      Array.from({ length: nQueries }, () => random.int(nLangs)),
      passageLangs,
      relevant,
      random.shuffle(passageLangs.map((_, i) => i)),
      sorted ? relevant.flat().map(() => 1 + random.int(4)) : undefined,
    );
    const values = [0, -0, 1, -1, Infinity, -Infinity];
    const scores = Float32Array.from({ length: nQueries * nPool }, () =>
      nScores === 5 ? values[random.int(values.length)]! : random.int(nScores) - nScores / 2,
    );
    // Of a third of the sets some are no answers: they are taken out of their query's ranking.
    const leftOut = Uint8Array.from(set.relevant, () => Number(random.next() < 0.3));
    return { set: seed % 3 === 0 ? { ...set, leftOut } : set, scores, block };
  });

function evaluate(set: EvalSet, scores: Float32Array, block = 1000, cuts?: readonly string[]): EvalResult {
  const counter = createRankCounter(set, cuts);
  counter.addRanks(0, set.queryLangs.length, scoreRanks(set, scores, block));
  return counter.finish();
}

/** Numbers to 12 digits: both sides add the same values, in another order. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, x: unknown) => (typeof x === "number" ? +x.toPrecision(12) : x)),
  );
}

describe("counting equals sorting", () => {
  it("gives every rank exactly, in both pools, ties included", () => {
    fc.assert(
      fc.property(anyCase, ({ set, scores, block }) => {
        const nPool = set.passageLangs.length;
        let q = 0;
        for (const ranker of rankedRows(set, 0, set.queryLangs.length, scoreRanks(set, scores, block))) {
          const wanted = sortQuery(set, q, scores.subarray(q * nPool, (q + 1) * nPool));
          const n = ranker.nRelevant;
          expect([...ranker.ranks.subarray(0, n)]).toEqual(wanted.multi);
          for (let lang = 0; lang < set.languages.length; lang++) {
            const own = [...ranker.ranksOwn.subarray(0, n)].filter(
              (_, i) => set.passageLangs[ranker.passages[i]!] === lang,
            );
            expect(own).toEqual(wanted.byLanguage[lang]);
          }
          expect(ranker.topSameLanguage).toBe(wanted.topSameLanguage);
          q++;
        }
      }),
      { numRuns: 400 },
    );
  });

  it("gives the same result at any block size", () => {
    fc.assert(
      fc.property(anyCase, ({ set, scores, block }) => {
        expect(rounded(evaluate(set, scores, block))).toEqual(rounded(evaluateBySorting(set, scores)));
      }),
      { numRuns: 300 },
    );
  });
});

describe("cuts that are asked for", () => {
  const anyCut = fc.oneof(fc.integer({ min: 1, max: 45 }), fc.constant(1_000_000));
  const anyCuts = fc.array(
    fc
      .tuple(fc.constantFrom(...CUT_FAMILIES), anyCut, fc.constantFrom("mono", "cross", "multi", "pairs"))
      .map(([family, cut, pool]) => `${family}@${cut}/${pool}`),
    { maxLength: MAX_CUTS },
  );

  it("are what sorting gives, at any cut and in any pool, graded or not", () => {
    fc.assert(
      fc.property(anyCase, anyCuts, ({ set, scores, block }, wish) => {
        const cuts = readCuts(wish)!;
        expect(rounded(evaluate(set, scores, block, cuts))).toEqual(
          rounded(evaluateBySorting(set, scores, cuts)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("leave every standing number as it is", () => {
    fc.assert(
      fc.property(anyCase, anyCuts, ({ set, scores, block }, wish) => {
        const alone = evaluate(set, scores, block);
        const { values, matrix } = evaluate(set, scores, block, readCuts(wish));
        expect(values).toMatchObject(alone.values);
        expect(matrix).toEqual(alone.matrix);
      }),
      { numRuns: 100 },
    );
  });
});

describe("createRankCounter", () => {
  // pool: a0 a1 a2 (language a), b0 b1 (b); query 0 in a wants a1, b0; query 1 in b wants b1; query 2 in b nothing
  const set = makeSet(["a", "b"], [0, 1, 1], [0, 0, 0, 1, 1], [[1, 3], [4], []]);
  const scores = Float32Array.from([
    0.9,
    0.8,
    0.1,
    0.2,
    0.7, // ranks a0 a1 b1 b0 a2
    0.5,
    0.4,
    0.1,
    0.6,
    0.5, // b0, then a0 and b1 tie: a0 first by tieOrder
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
  ]);

  it("matches the definitions, by hand", () => {
    const result = evaluate(set, scores);
    // query 0: multi ranks 2, 4: (1/2 + 2/4)/2 = 1/2; pool a rank 2; pool b rank 2
    // query 1: multi rank 3: 1/3; pool b rank 2: 1/2; pool a has none: left out of b -> a
    expect(rounded(result)).toEqual(
      rounded({
        values: {
          "map/mono": 1 / 2,
          "map/cross": 1 / 2,
          "map/multi": (1 / 2 + 1 / 3) / 2,
          "recall@1/mono": 0,
          "recall@1/cross": 0,
          "recall@10/multi": 1,
          "recall@100/mono": 1,
          "ndcg@10/mono": 1 / Math.log2(3), // one relevant passage at rank 2 in both pools
          "mrr@10/mono": 1 / 2,
          rankDistance: 2, // query 0: 4 - 2; query 1 has one passage only
          maxAtR: (4 + 3) / 2,
          sameLanguageShare: (3 / 5 + 2 / 5) / 2, // the pool has 5 passages: the top 10 is all of it
          sameLanguageBase: (3 / 5 + 2 / 5) / 2,
        },
        perLanguage: {
          a: {
            values: {
              "map/mono": 1 / 2,
              "map/cross": 1 / 2,
              "map/multi": 1 / 2,
              "recall@100/mono": 1,
              "ndcg@10/mono": 1 / Math.log2(3),
              "mrr@10/mono": 1 / 2,
              rankDistance: 2,
              sameLanguageShare: 3 / 5,
            },
            queries: 1,
          },
          b: {
            values: {
              "map/mono": 1 / 2,
              "map/cross": null,
              "map/multi": 1 / 3,
              "recall@100/mono": 1,
              "ndcg@10/mono": 1 / Math.log2(3),
              "mrr@10/mono": 1 / 2,
              rankDistance: null,
              sameLanguageShare: 2 / 5,
            },
            queries: 1,
          },
        },
        matrix: { a: { a: 1 / 2, b: 1 / 2 }, b: { a: null, b: 1 / 2 } },
        queries: 2,
        skippedQueries: 1,
        skippedPairs: { b: { a: 2, b: 1 } }, // query 1 has nothing in a, query 2 nothing at all
        pool: 5,
      }),
    );
  });

  it("keeps the values of each query, NaN where undefined", () => {
    const counter = createRankCounter(set);
    counter.addRanks(0, 3, scoreRanks(set, scores));
    const { values, crossPools } = counter.perQuery();
    expect(Object.fromEntries(Object.entries(values).map(([path, of]) => [path, [...of]]))).toEqual({
      "map/mono": [1 / 2, 1 / 2, NaN],
      "map/cross": [1 / 2, NaN, NaN],
      "map/multi": [1 / 2, 1 / 3, NaN],
      "ndcg@10/mono": [1 / Math.log2(3), 1 / Math.log2(3), NaN],
      "mrr@10/mono": [1 / 2, 1 / 2, NaN],
      rankDistance: [2, NaN, NaN],
      sameLanguageShare: [3 / 5, 2 / 5, NaN],
    });
    expect([...crossPools]).toEqual([1, 0]); // a is asked in b; b nowhere else
  });

  it("weighs nDCG by grades, and nothing else", () => {
    // query 0 wants a1 (grade 1) and a2 (grade 3) of pool a; order there a0 a1 a2: ranks 2 and 3
    const graded = makeSet(["a", "b"], [0], [0, 0, 0, 1, 1], [[1, 2]], undefined, [1, 3]);
    const row = scores.subarray(0, 5);
    const { values } = evaluate(graded, row);
    // gain 1/log2(3) + 3/log2(4) = 0.63093 + 1.5; ideal 3/log2(2) + 1/log2(3) = 3 + 0.63093
    expect(values["ndcg@10/mono"]).toBeCloseTo((1 / Math.log2(3) + 3 / 2) / (3 + 1 / Math.log2(3)), 14); // 0.58688
    expect(values["map/mono"]).toBeCloseTo((1 / 2 + 2 / 3) / 2, 14);
    const plain = makeSet(["a", "b"], [0], [0, 0, 0, 1, 1], [[1, 2]]);
    expect(evaluate(plain, row).values["ndcg@10/mono"]).toBeCloseTo(
      (1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), // all of grade 1: 0.69342
      14,
    );
    const others = ({ values: { "ndcg@10/mono": _, ...rest } }: EvalResult) => rest;
    expect(others(evaluate(plain, row))).toEqual(others(evaluate(graded, row)));
  });

  it("averages over languages, not over queries", () => {
    // language a: two queries with AP 1 and 1/2; b: one with AP 1/2 -> (3/4 + 1/2)/2, not (1 + 1/2 + 1/2)/3
    const uneven = makeSet(["a", "b"], [0, 0, 1], [0, 1], [[0], [1], [1]]);
    expect(evaluate(uneven, Float32Array.of(1, 0, 1, 0, 1, 0)).values["map/multi"]).toBeCloseTo(5 / 8, 15);
  });

  it("gives chance level to random scores", () => {
    const [nLangs, perLang, nQueries] = [5, 60, 400];
    const passageLangs = Array.from({ length: nLangs * perLang }, (_, i) => Math.floor(i / perLang));
    const relevant = Array.from({ length: nQueries }, (_, q) =>
      Array.from({ length: nLangs }, (_, lang) => lang * perLang + (q % perLang)),
    );
    const random = createRandom(11);
    const queryLangs = relevant.map((_, q) => q % nLangs);
    const set = makeSet(
      Array.from({ length: nLangs }, (_, i) => `l${i}`),
      queryLangs,
      passageLangs,
      relevant,
    );
    const result = evaluate(
      set,
      Float32Array.from({ length: nQueries * 300 }, () => random.normal()),
    );
    // E = 301 * 4/6 = 200.7, sd of one about 301 * sqrt(2 * 4/(36 * 7)) = 54: the mean of 400 has 2.7
    expect(Math.abs(result.values.rankDistance! - expectedRankDistance(300, 5))).toBeLessThan(4 * 2.7);
    // E[AP] with R = 1 in a pool of 60 is H(60)/60 = 4.680/60 = 0.078, sd of one about 0.15: of 400, 0.0075
    expect(Math.abs(result.values["map/mono"]! - 0.078)).toBeLessThan(0.03);
    expect(Math.abs(result.values.sameLanguageShare! - 0.2)).toBeLessThan(4 * 0.0064); // sqrt(.2 * .8 / 10 / 400)
    expect(result.values.sameLanguageBase).toBeCloseTo(0.2, 12);
  });

  it("refuses a NaN, naming query and passage, wherever it stands", () => {
    for (const [query, passage] of [
      [0, 0],
      [1, 4],
      [2, 2],
    ] as const) {
      const spoiled = Float32Array.from(scores);
      spoiled[query * 5 + passage] = NaN;
      expect(() => evaluate(set, spoiled)).toThrow(`query ${query} and passage ${passage} is not a number`);
    }
    const long = makeSet(["a"], [0], Array<number>(50).fill(0), [[3]]); // the NaN comes after the top 10 is full
    const row = Float32Array.from({ length: 50 }, (_, i) => -i);
    row[49] = NaN;
    expect(() => evaluate(long, row)).toThrow("query 0 and passage 49 is not a number");
  });

  it("refuses gaps, overlaps, wrong lengths and early results", () => {
    const counter = createRankCounter(set);
    const counts = createBlockCounts(set, Float32Array.of(0.8, 0.2, 0.5));
    const one = { first: 0, n: 1 };
    expect(() => counts.add(one, { first: 0, n: 5 }, scores)).toThrow(
      "got 15 for 1 queries, must be 1 x 5 passages",
    );
    counts.add(one, { first: 0, n: 5 }, scores.subarray(0, 5));
    expect(() => counter.addRanks(1, 1, counts.ranks(one))).toThrow("got queries 1 to 1, next is 0 of 3");
    counter.addRanks(0, 1, counts.ranks(one));
    expect(() => counter.addRanks(0, 1, counts.ranks(one))).toThrow("next is 1 of 3");
    expect(() => counter.addRanks(1, 3, counts.ranks(one))).toThrow("got queries 1 to 3");
    expect(() => counter.finish()).toThrow("3 queries are due, only the first 1");
    expect(() => counter.perQuery()).toThrow("3 queries are due");
  });

  it("refuses an inconsistent set", () => {
    expect(() => createRankCounter(makeSet(["a"], [1], [0], [[0]]))).toThrow("query 0 has language 1");
    expect(() => createRankCounter(makeSet(["a"], [0], [3], [[0]]))).toThrow("passage 0 has language 3");
    expect(() => createRankCounter(makeSet(["a"], [0], [0], [[1]]))).toThrow(
      "names passage 1, must be in [0, 1)",
    );
    expect(() => createRankCounter(makeSet(["a"], [0], [0, 0], [[1, 1]]))).toThrow("passage 1 twice");
    expect(() => createRankCounter(makeSet(["a"], [0], [0, 0], [[1]], [0, 0]))).toThrow("permutation");
    expect(() => createRankCounter(makeSet(["a"], [0], [0, 0], [[1]], [0]))).toThrow("tieOrder must have 2");
    expect(() => createRankCounter(makeSet(["a"], [0], [0], [[0]], [0], [0]))).toThrow(
      "grades must be 1 numbers from 1",
    );
    expect(() => createRankCounter(makeSet(["a"], [0], [0], []))).toThrow(
      "must start at 0 and have 2 entries",
    );
  });
});
