import { expect, it } from "vitest";
import { clusterSums } from "./clusterSums.ts";
import { clusterValues } from "./clusterValues.ts";
import { QUERY_METRICS } from "./queryValues.ts";

/** Of two languages: clusters 0, 1, 2 and clusters 0, 1, with these values; the second weighs 3 in `map/cross`. */
const queriesOf = (values: readonly number[]) => ({
  languages: ["a", "b"],
  queryLangs: Uint16Array.of(0, 0, 0, 1, 1),
  clusters: Int32Array.of(0, 1, 2, 0, 1),
  crossPools: Int32Array.of(1, 3),
  values: Object.fromEntries(QUERY_METRICS.map((metric) => [metric, Float32Array.from(values)])),
});
const of = (values: readonly number[], metric: string) => {
  const sums = clusterSums(queriesOf(values), [metric]);
  return [...clusterValues(sums, sums.metrics[0]!)!];
};

it("gives clusters numbers whose mean is the metric", () => {
  // a: 1, 2, 6, mean 3; b: 2, 4, mean 3; both weigh a half: 3. Moves: cluster 0 (-2/3 - 1/2) / 2 = -7/12, cluster 1
  // (-1/3 + 1/2) / 2 = 1/12, cluster 2 (3/3) / 2 = 1/2; three times those and 3
  const found = of([1, 2, 6, 2, 4], "map/multi");
  [3 - 7 / 4, 3 + 1 / 4, 3 + 3 / 2].forEach((value, c) => expect(found[c]).toBeCloseTo(value, 12));
});

it("weighs languages as the metric does", () => {
  // (1 x 3 + 3 x 1.5) / 4
  const found = of([1, 2, 6, 1, 2], "map/cross");
  expect(found.reduce((sum, x) => sum + x, 0) / 3).toBeCloseTo(1.875, 12);
});

it("has none where nothing is defined", () => {
  const nothing = queriesOf([NaN, NaN, NaN, NaN, NaN]);
  const sums = clusterSums(nothing, ["map/multi"]);
  expect(clusterValues(sums, sums.metrics[0]!)).toBeUndefined();
});
