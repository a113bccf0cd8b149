// Medians, areas and bars against hand arithmetic, and against every pair compared.
import { expect, it } from "vitest";
import { createRandom } from "../random.ts";
import {
  areaUnderCurve,
  barShares,
  countCosine,
  histogramBars,
  medianCosine,
  noCosines,
  totalOf,
} from "./cosineCounts.ts";

function counted(...cosines: number[]) {
  const counts = noCosines();
  for (const cosine of cosines) countCosine(counts, cosine);
  return counts;
}

it("counts every cosine, also at the ends and a rounding beyond", () => {
  const counts = counted(-1, -1.0000001, 1, 1.0000001, 0);
  expect([counts[0], counts[1000], counts[1999], totalOf(counts)]).toEqual([2, 1, 2, 5]);
});

it("takes the middle one, or the mean of the two in the middle", () => {
  expect(medianCosine(counted(0.3004, -0.5, 0.9))).toBeCloseTo(0.3005, 9); // the middle of its bin
  expect(medianCosine(counted(0.1, 0.2001, 0.4001, 0.9))).toBeCloseTo(0.3005, 9); // of 0.2005 and 0.4005
  expect(medianCosine(counted())).toBeNaN();
});

it("tells how often one of the first lies above one of the second", () => {
  // 0.5 beats 0.1 and 0.3, ties 0.5002; 0.2 beats 0.1: 3.5 of 6
  expect(areaUnderCurve(counted(0.5, 0.2), counted(0.1, 0.3, 0.5002))).toBeCloseTo(3.5 / 6, 12);
  expect(areaUnderCurve(counted(0.9), counted(-0.9))).toBe(1);
  expect(areaUnderCurve(counted(0.2), counted(0.2))).toBe(0.5);
  expect(areaUnderCurve(counted(), counted(0.2))).toBeNaN();
});

it("is what comparing all pairs gives, to what bins leave open", () => {
  const random = createRandom(4);
  const draw = (n: number, mean: number) =>
    Array.from({ length: n }, () => Math.tanh(mean + 0.4 * random.normal()));
  const [high, low] = [draw(300, 0.3), draw(500, 0.1)];
  const wins = high.reduce((sum, a) => sum + low.filter((b) => a > b).length, 0);
  expect(Math.abs(areaUnderCurve(counted(...high), counted(...low)) - wins / (300 * 500))).toBeLessThan(
    0.002,
  );
});

it("makes bars of one round width that hold them all", () => {
  const [a, b] = [counted(-0.12, 0.104), counted(0.31)];
  const bars = histogramBars([a, b], 10); // -0.12 .. 0.31: 43 bars of 0.01, 22 of 0.02, 18 of 0.025, 9 or 10 of 0.05
  expect(bars).toHaveLength(10);
  expect(bars[0]).toEqual({ from: -0.15, to: -0.1 });
  expect(bars.at(-1)).toEqual({ from: 0.3, to: 0.35 });
  expect(barShares(a, bars)).toEqual([0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0]);
  expect(barShares(b, bars).at(-1)).toBe(1);
  expect(histogramBars([counted()], 10)).toEqual([]);
  expect(barShares(counted(), bars)).toEqual(bars.map(() => 0));
});
