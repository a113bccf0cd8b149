// Shares and pulls of a row against sums done by hand.
import { expect, it } from "vitest";
import { rowPull } from "./rowPull.ts";

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12) as number);

it("with one right answer is the softmax, p - 1 and p", () => {
  // scores ln 6, ln 3, ln 1: shares 6/10, 3/10, 1/10
  const scores = [6, 3, 1].map(Math.log);
  const temperature = 0.5;
  const row = { negatives: [0, 1, 1], first: 0, k: 1, temperature };
  const { loss, shares, pulls } = rowPull({ ...row, cosines: scores.map((s) => s * temperature) });
  expect([...shares]).toEqual(close([0.6, 0.3, 0.1]));
  expect([...pulls]).toEqual(close([-0.4, 0.3, 0.1]));
  expect(loss).toBeCloseTo(-Math.log(0.6), 12);
});

it("with two right answers meets the wrong ones with each alone, and leaves out what is neither", () => {
  // right: 6 and 1, wrong: 2 and 1 (sum 3), neither: 1000. Shares 6/9 and 1/4; they lack 1/3 and 3/4, halved by k = 2.
  const cosines = [6, 1, 2, 1000, 1].map(Math.log);
  const { loss, shares, pulls } = rowPull({
    cosines,
    negatives: [0, 0, 1, 0, 1],
    first: 0,
    k: 2,
    temperature: 1,
  });
  const push = (1 / 3 + 3 / 4) / 2;
  expect([...shares]).toEqual(close([2 / 3, 1 / 4, (push * 2) / 3, 0, push / 3]));
  expect([...pulls]).toEqual(close([-1 / 6, -3 / 8, (push * 2) / 3, 0, push / 3]));
  expect([...pulls].reduce((a, b) => a + b)).toBeCloseTo(0, 12);
  expect(loss).toBeCloseTo((Math.log(9 / 6) + Math.log(4)) / 2, 12);
});

it("of scores far apart overflows nowhere", () => {
  const { loss, shares, pulls } = rowPull({
    cosines: [-1, 1],
    negatives: [0, 1],
    first: 0,
    k: 1,
    temperature: 0.001,
  });
  expect(loss).toBeCloseTo(2000, 9);
  expect([...shares]).toEqual(close([0, 1]));
  expect([...pulls]).toEqual(close([-1, 1]));
});

it("without a wrong answer pulls nowhere", () => {
  const row = rowPull({ cosines: [0.5, 0.2], negatives: [0, 0], first: 0, k: 2, temperature: 0.05 });
  expect(row).toEqual({ loss: 0, shares: new Float64Array(2), pulls: new Float64Array(2) });
});
