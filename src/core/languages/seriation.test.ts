import fc from "fast-check";
import { expect, it } from "vitest";
import { similarityOrder } from "./seriation.ts";

/** Places on a line; nearer is more alike. */
const onALine = (places: readonly number[]) => places.map((x) => places.map((y) => -Math.abs(x - y)));

it("finds the order of places on a line", () => {
  // sorted 0, 1, 3, 7, 15 stand at the indices 1, 3, 0, 4, 2; begun by the lower of the ends 1 and 2
  expect(similarityOrder(onALine([3, 0, 15, 1, 7]))).toEqual([1, 3, 0, 4, 2]);
});

it("keeps two blocks apart, whichever way they are mixed", () => {
  // 0, 2, 4 understand one another and so do 1, 3
  const alike = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => ((i + j) % 2 === 0 ? 0.9 : 0.1)));
  const order = similarityOrder(alike);
  expect(order.map((i) => i % 2).join("")).toMatch(/^(00011|11000)$/);
});

it("averages both halves: what is alike one way only is half alike", () => {
  const alike = [
    [1, 0.8, 0.5],
    [0, 1, 0.5],
    [0.5, 0.5, 1],
  ];
  // 0 and 1: (0.8 + 0) / 2 = 0.4, each with 2: 0.5. The first pair is 0 and 2; 1 joins at either end, both 0.4 or 0.5 alike.
  expect(similarityOrder(alike)).toEqual([0, 2, 1]);
});

it("has each thing once, also without numbers, and nothing for nothing", () => {
  expect(similarityOrder([])).toEqual([]);
  expect(similarityOrder([[NaN]])).toEqual([0]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }).chain((n) =>
        fc.array(
          fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN)), {
            minLength: n,
            maxLength: n,
          }),
          { minLength: n, maxLength: n },
        ),
      ),
      (alike) => {
        expect(similarityOrder(alike).sort((a, b) => a - b)).toEqual([...alike.keys()]);
      },
    ),
  );
});
