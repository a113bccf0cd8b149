// Questions and answers have the same shares where two sides of a pair can, and the nearest where not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairShares } from "./pairShares.ts";

/** Shares of the answers where x is drawn by `shares` and y as said. */
function answersOf(shares: readonly number[]): number[] {
  const { answer, foremost } = pairShares(shares);
  const got = shares.map(() => 0);
  shares.forEach((share, x) => {
    const weights = answer.map((a, y) =>
      y === x || (foremost !== undefined && foremost !== x && y !== foremost) ? 0 : a,
    );
    const total = weights.reduce((a, b) => a + b, 0);
    if (share > 0) weights.forEach((weight, y) => (got[y]! += (share * weight) / total));
  });
  return got;
}
const normal = (weights: readonly number[]) => weights.map((w) => w / weights.reduce((a, b) => a + b, 0));

describe("pairShares", () => {
  it("gives both sides their shares wherever no language has more than half", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 12 });
    const property = fc.property(weights, (list) => {
      fc.pre(list.filter((w) => w > 0).length >= 3);
      const shares = normal(list);
      fc.pre(Math.max(...shares) <= 0.5);
      answersOf(shares).forEach((got, y) => expect(got).toBeCloseTo(shares[y]!, 8));
    });
    fc.assert(property);
    for (const list of [
      [4, 3, 2],
      [4, 2, 1, 1],
      [49.99, 30, 20.01],
      [1, 1],
    ]) {
      answersOf(normal(list)).forEach((got, y) => expect(got).toBeCloseTo(normal(list)[y]!, 8));
    }
  });

  it("lets a language with more than half answer all that others ask, and those its questions by their shares", () => {
    // 4:2:1: the first asks 4/7, so it can answer 3/7; its questions are answered 2:1
    const [first, second, third] = answersOf(normal([4, 2, 1]));
    expect([first, second, third]).toEqual([
      expect.closeTo(3 / 7, 12),
      expect.closeTo(8 / 21, 12),
      expect.closeTo(4 / 21, 12),
    ]);
  });

  it("leaves even shares as they are", () => {
    expect(pairShares([0.25, 0, 0.25, 0.25, 0.25])).toEqual({ answer: [0.25, 0, 0.25, 0.25, 0.25] });
  });
});
