// A cell's interval is that of its own queries in its own pool, by the recipe that all intervals have.
import { expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { MIN_CLUSTERS } from "./bootstrap.ts";
import { cellQueries } from "./cellQueries.ts";
import { intervalsOf } from "./compareQueries.ts";
import { QUERY_METRICS, type QueryValues } from "./queryValues.ts";
import { finishResampling } from "./resampling.ts";

const N = 40; // concepts, each asked in both languages: a cluster of two queries

/** AP of concept c asked in x over pool y. */
const apOf = (c: number, x: number, y: number) => 1 / (1 + ((3 * c + 5 * x + 7 * y) % 8));

function bothAsked(): QueryValues {
  const nothing = new Float32Array(2 * N).fill(NaN);
  return {
    languages: ["de", "th"],
    queryLangs: Uint16Array.from({ length: 2 * N }, (_, q) => q % 2),
    clusters: Int32Array.from({ length: 2 * N }, (_, q) => q >> 1),
    crossPools: Int32Array.of(1, 1),
    pools: Float32Array.from({ length: 4 * N }, (_, i) => apOf(i >> 2, (i >> 1) % 2, i % 2)),
    values: Object.fromEntries(QUERY_METRICS.map((metric) => [metric, nothing])),
  };
}

it("is over the queries of one language in the pool of another", () => {
  const cell = cellQueries(bothAsked(), "th", "de")!;
  const { overall } = finishResampling(intervalsOf(cell))["map/mono"]!;
  // 3 c + 5 mod 8 goes through all of 0 .. 7 five times: the mean is (1 + 1/2 + ... + 1/8) / 8 = 2.717857 / 8
  expect(overall!.estimate).toBeCloseTo(0.339732, 6);
  expect(overall!.clusters).toBe(N);
  // The mean of the squares is 1.527422 / 8: sd .27479, standard error of a mean of 40 .27479 / sqrt(39) = .04400, and
  // t(39) of it .08900. The skewness 1.601 moves both ends up, by (1 + 2 * 1.96^2) 1.601 / (6 sqrt(40)) = .366 standard
  // errors, .0161 (Johnson 1978); the ends of a bootstrap of 2,000 are off by some .06 of them.
  expect(Math.abs(overall!.low - (0.339732 - 0.089 + 0.0161))).toBeLessThan(0.0125);
  expect(Math.abs(overall!.high - (0.339732 + 0.089 + 0.0161))).toBeLessThan(0.0125);
});

it("has none where the APs were not kept, the language is unknown, or questions are few", () => {
  const { pools: _, ...older } = bothAsked();
  expect(cellQueries(older, "de", "th")).toBeUndefined();
  expect(cellQueries(bothAsked(), "de", "sw")).toBeUndefined();
  const random = createRandom(1);
  const few = {
    ...bothAsked(),
    clusters: Int32Array.from({ length: 2 * N }, () => random.int(MIN_CLUSTERS - 1)),
  };
  expect(finishResampling(intervalsOf(cellQueries(few, "de", "th")!))["map/mono"]!.overall).toBeUndefined();
});
