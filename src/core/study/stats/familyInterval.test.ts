import { expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { familyIntervals } from "./familyInterval.ts";
import { plannedLooks } from "./looks.ts";
import { maxT } from "./maxT.ts";
import { simulateStudy } from "./simulatedStudy.ts";

it("goes from the least to the largest difference of six seeds", () => {
  // Rejected at 2 of 64: values below all six differences, and above all of them
  const [found] = familyIntervals([[3, 1, 4, 1.5, 9, 2.6]], plannedLooks([6]));
  expect(found!.low).toBeCloseTo(1, 2);
  expect(found!.high).toBeCloseTo(9, 2);
});

it("ends at the third least and third largest of the means of subsets, of seven seeds", () => {
  // .05 x 128 = 6.4: three patterns at either end. Means of subsets of 1 .. 7, ascending: 1, 1.5, 2 ({2}, {1, 3}, {1, 2, 3})
  const [found] = familyIntervals([[1, 2, 3, 4, 5, 6, 7]], plannedLooks([7]));
  expect(found!.low).toBeCloseTo(2, 2);
  expect(found!.high).toBeCloseTo(6, 2);
});

it("has none with five seeds, and no width where seeds do not scatter", () => {
  expect(familyIntervals([[1, 2, 3, 4, 5]], plannedLooks([5]))).toEqual([undefined]);
  expect(familyIntervals([[0, 0, 0, 0, 0, 0]], plannedLooks([6]))).toEqual([{ low: 0, high: 0 }]);
});

it("is as fine for a cell beside one that differs far more", () => {
  const far = [900, 901, 902, 900, 901, 902];
  const [small] = familyIntervals([[3, 1, 4, 1.5, 9, 2.6], far], plannedLooks([6]));
  expect(small!.low).toBeCloseTo(1, 2);
  expect(small!.high).toBeCloseTo(9, 2);
});

it("leaves 0 out just where the family's test rejects it", () => {
  const random = createRandom(11);
  for (let i = 0; i < 40; i++) {
    const cells = simulateStudy(random, { seeds: 7, effects: [0, 1, 2] });
    const { rejectedAt } = maxT(cells, plannedLooks([7]));
    const outside = familyIntervals(cells, plannedLooks([7])).map(
      (found) => found!.low >= 0 || found!.high <= 0,
    );
    expect(outside).toEqual(rejectedAt.map((at) => at !== undefined));
  }
});

it("covers each cell's true difference in 95 % of studies or more, with several cells and a look between", () => {
  const random = createRandom(12);
  const looks = plannedLooks([6, 8]);
  const effects = [0, 0.5, 2];
  let covered = 0;
  for (let i = 0; i < 100; i++) {
    const cells = simulateStudy(random, { seeds: 8, effects });
    familyIntervals(cells, looks).forEach((found, k) => {
      if (found!.low <= effects[k]! && effects[k]! <= found!.high) covered++;
    });
  }
  // 300 intervals, in threes that go together: sd at most sqrt(.95 * .05 / 100) = .0218
  expect(covered / 300).toBeGreaterThan(0.95 - 2 * 0.0218);
});

it("comes to an end where a cell's differences are equal but for rounding", () => {
  const base = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
  const constant = base.map((value) => value + 0.05 - value); // .05 and last bits
  expect(new Set(constant).size).toBeGreaterThan(1);
  const [first, second] = familyIntervals([constant, [0.001, 0, 0.002, 0.001, 0, 0.002]], plannedLooks([6]));
  expect(first!.low).toBeCloseTo(0.05, 6);
  expect(first!.high).toBeCloseTo(0.05, 6);
  expect(second!.high).toBeCloseTo(0.002, 6);
  const [alone] = familyIntervals([constant], plannedLooks([6]));
  expect(alone!.low).toBeGreaterThan(0);
  expect(alone!.high).toBeCloseTo(0.05, 6);
});
