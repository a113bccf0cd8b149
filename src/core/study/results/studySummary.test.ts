import { expect, it } from "vitest";
import { handResult, handStudy } from "../../../testing/handMadeStudy.ts";
import { studySummary } from "./studySummary.ts";

const result = handResult({ cross: [0.2, 0.21], "mono-20": [0.22, 0.23], "mono-50": [0.19] });
const missing = [3, 2].map((seed) => ({ cell: "mono-50", seed, why: "not run yet" }));

it("is the same text in whatever order runs ended, and has no values of single questions", () => {
  const text = studySummary(handStudy, { runs: result.runs, missing });
  const values = {
    languages: [],
    queryLangs: new Uint16Array(),
    clusters: new Int32Array(),
    crossPools: new Int32Array(),
    values: {},
  };
  const otherwise = {
    runs: [...result.runs].reverse().map((run) => ({ ...run, queryValues: values })),
    missing: [...missing].reverse(),
  };
  expect(studySummary(handStudy, otherwise)).toBe(text);
  const parsed = JSON.parse(text) as { runs: { cell: string; seed: number }[]; missing: { seed: number }[] };
  expect(parsed.runs.map(({ cell, seed }) => `${cell}.${seed}`)).toEqual([
    "cross.1",
    "cross.2",
    "mono-20.1",
    "mono-20.2",
    "mono-50.1",
  ]);
  expect(parsed.missing.map(({ seed }) => seed)).toEqual([2, 3]);
});
