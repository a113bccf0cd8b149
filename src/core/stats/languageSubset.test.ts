import { expect, it } from "vitest";
import { compareQueries } from "./compareQueries.ts";
import { queriesOf } from "./languageSubset.ts";
import type { QueryValues } from "./queryValues.ts";
import { finishResampling } from "./resampling.ts";

const N = 40; // concepts, each asked in three languages

/** @param gain of the second and third language */
function asked(gain: readonly [number, number]): QueryValues {
  const q = Array.from({ length: 3 * N }, (_, i) => i);
  const noise = (c: number) => ((7 * c) % 11) / 100;
  return {
    languages: ["de", "el", "th"],
    queryLangs: Uint16Array.from(q, (i) => i % 3),
    clusters: Int32Array.from(q, (i) => Math.floor(i / 3)),
    crossPools: Int32Array.of(2, 2, 1),
    values: {
      "map/multi": Float32Array.from(q, (i) => 0.3 + [0, ...gain][i % 3]! * (1 + noise(i))),
      "map/cross": Float32Array.from(q, (i) => 0.2 + [0, ...gain][i % 3]!),
    },
  };
}

it("keeps the queries of the languages that are there, in their clusters", () => {
  const some = queriesOf(asked([0.1, 0.2]), ["th", "sw", "de"]);
  expect(some.languages).toEqual(["de", "th"]);
  expect([...some.queryLangs.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  expect([...some.clusters.slice(0, 4)]).toEqual([0, 0, 1, 1]);
  expect([...some.crossPools]).toEqual([2, 1]);
  expect(some.values["map/multi"]).toHaveLength(2 * N);
});

it("gives the mean over these languages its own paired interval", () => {
  const [a, b] = [asked([0.1, 0.2]), asked([0, 0])].map((one) => queriesOf(one, ["el", "th"]));
  const { overall } = finishResampling(compareQueries(a!, b!)!)["map/cross"]!;
  // Every el query gains .1 with 2 pools, every th query .2 with 1: (2 * .1 + .2) / 3
  expect(overall!.estimate).toBeCloseTo(0.4 / 3, 6);
  expect(overall!.clusters).toBe(N);
  const multi = finishResampling(compareQueries(a!, b!)!)["map/multi"]!.overall!;
  expect(multi.low).toBeGreaterThan(0.15);
  expect(multi.high).toBeLessThan(0.17);
});
