import { expect, it } from "vitest";
import { QUERY_METRICS, type QueryValues } from "../../stats/queryValues.ts";
import { twoWayInterval } from "../stats/twoWay.ts";
import { newQuestions } from "./newQuestions.ts";

const queries = (values: readonly number[]): QueryValues => ({
  languages: ["en"],
  queryLangs: new Uint16Array(values.length),
  clusters: Int32Array.from(values.keys()),
  crossPools: Int32Array.of(1),
  values: Object.fromEntries(QUERY_METRICS.map((metric) => [metric, Float32Array.from(values)])),
});
const rows = [0, 1, 2].map((seed) => Array.from({ length: 12 }, (_, q) => ((seed * 5 + q * q) % 7) / 8));
const zero = queries(rows[0]!.map(() => 0));
const pairs = rows.map((row) => [queries(row), zero] as const);

it("takes each question, where it stands alone, as it is", () => {
  const found = newQuestions(pairs, "map/mono")!;
  const wanted = twoWayInterval(rows);
  expect(found).toMatchObject({ nSeeds: 3, nClusters: 12 });
  for (const key of ["mean", "low", "high", "df"] as const) expect(found[key]).toBeCloseTo(wanted[key], 9);
});

it("is none for two seeds, nine questions, another test, or a metric that was not kept", () => {
  const few = rows.map((row) => [queries(row.slice(0, 9)), queries(row.slice(3))] as const);
  expect(newQuestions(pairs.slice(1), "map/mono")).toBeUndefined();
  expect(newQuestions(few, "map/mono")).toBeUndefined();
  expect(newQuestions([...pairs, [queries(rows[0]!.slice(1)), zero]], "map/mono")).toBeUndefined();
  expect(newQuestions(pairs, "other")).toBeUndefined();
});
