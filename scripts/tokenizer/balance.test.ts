// How lines are weighted, by hand.
import { describe, expect, it } from "vitest";
import { lineWeights } from "./balance.ts";

const sizes = (rows: [string, number, number][]) =>
  new Map(rows.map(([lang, size, boost]) => [lang, { size, boost }] as const));

describe("lineWeights", () => {
  it("evens languages out by the exponent", () => {
    // alpha 0.5: per line 100^-0.5 = 0.1 and 400^-0.5 = 0.05, so 2 to 1; times resolution 10
    expect([...lineWeights(sizes([["a", 100, 1], ["b", 400, 1]]), 0.5, 10)]).toEqual([["a", 20], ["b", 10]]); // prettier-ignore
  });

  it("leaves sizes alone at 1 and makes shares equal at 0", () => {
    const pair = sizes([["a", 100, 1], ["b", 400, 1]]); // prettier-ignore
    expect([...lineWeights(pair, 1, 1).values()]).toEqual([1, 1]);
    expect([...lineWeights(pair, 0, 1).values()]).toEqual([4, 1]); // 100 × 4 = 400 × 1
  });

  it("multiplies by the boost and leaves languages without one out", () => {
    const rows = sizes([["a", 100, 3], ["b", 100, 1], ["c", 100, 0]]); // prettier-ignore
    expect([...lineWeights(rows, 0.3, 2).values()]).toEqual([6, 2, 0]);
  });
});
