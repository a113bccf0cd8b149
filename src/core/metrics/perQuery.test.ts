// Whatever the gaps in the data: the mean of the values of single queries is the number that the record shows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import type { EvalSet } from "./evaluation.ts";
import { meanDefined } from "./languageMeans.ts";
import type { PerQuery } from "./perQuery.ts";
import { createRankCounter } from "./rankCounter.ts";
import { scoreRanks } from "../../testing/scoreRanks.ts";

const CUTS = ["recall@2/cross", "ndcg@3/cross", "ndcg@3/multi"];
const STANDING = ["map/mono", "map/cross", "map/multi", "rankDistance", "sameLanguageShare", "ndcg@10/mono"];
const KEPT = [...STANDING, ...CUTS];

function randomSet(nLangs: number, nPool: number, nQueries: number, density: number, seed: number) {
  const random = createRandom(seed);
  const passageLangs = Uint16Array.from({ length: nPool }, () => random.int(nLangs));
  const lists = Array.from({ length: nQueries }, () =>
    [...passageLangs.keys()].filter(() => random.next() < density),
  );
  const set: EvalSet = {
    languages: Array.from({ length: nLangs }, (_, i) => `l${i}`),
    queryLangs: Uint16Array.from({ length: nQueries }, () => random.int(nLangs)),
    passageLangs,
    relevantOffsets: Int32Array.from([0, ...lists].map((_, q) => lists.slice(0, q).flat().length)),
    relevant: Int32Array.from(lists.flat()),
    tieOrder: Int32Array.from(passageLangs.keys()),
  };
  const scores = Float32Array.from({ length: nQueries * nPool }, () => random.normal());
  return { set, scores };
}

function meanOf(set: EvalSet, values: Float64Array, lang: number): number | null {
  return meanDefined(
    [...values].flatMap((value, q) => (set.queryLangs[q] === lang && !Number.isNaN(value) ? [value] : [])),
  );
}

function evaluate(set: EvalSet, scores: Float32Array) {
  const counter = createRankCounter(set, CUTS);
  counter.addRanks(0, set.queryLangs.length, scoreRanks(set, scores));
  return { result: counter.finish(), perQuery: counter.perQuery() };
}

describe("values of single queries", () => {
  it("have each language's numbers as their means, also where queries lack pools", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(0, 0.05, 0.2, 0.6),
        fc.integer({ min: 0, max: 2 ** 31 }),
        (nLangs, nPool, nQueries, density, seed) => {
          const { set, scores } = randomSet(nLangs, nPool, nQueries, density, seed);
          const { result, perQuery } = evaluate(set, scores);
          set.languages.forEach((name, lang) => {
            for (const path of KEPT) {
              const wanted = result.perLanguage[name]!.values[path];
              const got = meanOf(set, perQuery.values[path]!, lang);
              if (wanted === null) expect(got).toBeNull();
              else expect(got).toBeCloseTo(wanted!, 9);
            }
          });
          set.languages.forEach((query, x) =>
            set.languages.forEach((passage, y) => {
              const inPool = perQuery.apPools!.filter((_, i) => i % nLangs === y);
              const wanted = result.matrix[query]?.[passage] ?? null;
              const got = meanOf(set, Float64Array.from(inPool), x);
              if (wanted === null) expect(got).toBeNull();
              else expect(got).toBeCloseTo(wanted, 6); // kept as float32
            }),
          );
          const weighted = set.languages.map(
            (name, lang) => (result.perLanguage[name]!.values["map/cross"] ?? 0) * perQuery.crossPools[lang]!,
          );
          const pairs = perQuery.crossPools.reduce((a, b) => a + b, 0);
          if (pairs === 0) expect(result.values["map/cross"]).toBeNull();
          else
            expect(weighted.reduce((a, b) => a + b, 0) / pairs).toBeCloseTo(result.values["map/cross"]!, 9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("are the plain mean over the other pools where all queries are answered in all", () => {
    // languages a b c, one passage each, one query in a that wants all three: alone in its pool, each AP is 1
    const set: EvalSet = {
      languages: ["a", "b", "c"],
      queryLangs: Uint16Array.of(0, 0),
      passageLangs: Uint16Array.of(0, 1, 1, 2, 2),
      relevantOffsets: Int32Array.of(0, 3, 6),
      relevant: Int32Array.of(0, 1, 3, 0, 2, 4),
      tieOrder: Int32Array.of(0, 1, 2, 3, 4),
    };
    // query 0: in b its passage is first, in c second -> (1 + 1/2)/2; query 1: in b second, in c second -> 1/2
    const { perQuery }: { perQuery: PerQuery } = evaluate(
      set,
      Float32Array.of(0, 0.9, 0.1, 0.1, 0.9, 0, 0.9, 0.1, 0.9, 0.1),
    );
    expect(perQuery.values["map/cross"]![0]).toBeCloseTo(3 / 4, 12);
    expect(perQuery.values["map/cross"]![1]).toBeCloseTo(1 / 2, 12);
  });
});
