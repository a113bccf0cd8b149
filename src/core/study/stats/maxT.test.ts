import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../random.ts";
import { signFlipP } from "../../stats/signFlip.ts";
import { plannedLooks } from "./looks.ts";
import { maxT, type Look } from "./maxT.ts";

const once = (n: number, spent = 0.05): Look[] => [{ n, spent }];

describe("maxT", () => {
  it("is the sign-flip test where there is one cell", () => {
    const random = createRandom(1);
    for (const n of [3, 6, 9]) {
      const d = Array.from({ length: n }, () => random.normal() + 0.5);
      expect(maxT([d], once(n)).p).toEqual([signFlipP(d)]);
    }
  });

  it("holds each cell against the largest of those not yet rejected", () => {
    // Sums by the signs of seeds 2 and 3 (++, -+, +-, --): cell a 9, 3, 3, -3; cell b 3, 1, 3, 1; largest 9, 3, 3, 3.
    // a reaches 9: 1 of 4. b alone reaches 3 in 2 of 4 (++ and +-).
    const found = maxT(
      [
        [3, 3, 3],
        [2, 1, 0],
      ],
      once(3),
    );
    expect(found.p).toEqual([1 / 4, 2 / 4]);
    expect(found.exact).toBe(true);
  });

  it("asks in one direction where told", () => {
    // d = 3, 3, 3: of 8 patterns only +++ reaches 9; -3, -3, -3 is reached by all
    expect(maxT([[3, 3, 3]], once(3), 1).p).toEqual([1 / 8]);
    expect(maxT([[-3, -3, -3]], once(3), 1).p).toEqual([1]);
  });

  it("counts what an earlier look would have rejected", () => {
    // Of 1, 2, -3 at look 1, one of 4 patterns (.25 spent) reaches 6 (+, +, + of the sizes): it is rejected, the one found
    // (sum 0) is not. Look 2 counts that one with either sign of the fourth seed, and all that reach the 4 found.
    const d = [1, 2, -3, 4];
    const looks: Look[] = [
      { n: 3, spent: 0.25 },
      { n: 4, spent: 0.5 },
    ];
    const signs = [1, -1];
    const patterns = signs.flatMap((b) => signs.flatMap((c) => signs.map((e) => [1, b, c, e] as const)));
    const sum = (signsOf: readonly number[], upTo: number) =>
      Math.abs(signsOf.slice(0, upTo).reduce((total, sign, s) => total + sign * d[s]!, 0));
    const reached = patterns.filter((one) => sum(one, 3) >= 6 || sum(one, 4) >= 4).length;
    const { p, rejectedAt } = maxT([d], looks);
    expect(p).toEqual([reached / 8]);
    expect(rejectedAt).toEqual([p[0]! <= 0.5 ? 1 : undefined]);
    expect(maxT([[1, 2, 3, -4]], looks).rejectedAt).toEqual([0]); // decided at the first look, and it stays so
  });

  it("refuses cells that lack a seed", () => {
    expect(() => maxT([[1, 2]], once(3))).toThrow("3 differences");
  });
});

describe("of cells like the control", () => {
  /** Shares of 1,000 studies with any false finding; sd of .05: .0069. */
  const shareOf = (looks: Look[], differ: number, draw = (random: Random) => random.normal()) => {
    const random = createRandom(5).fork("family");
    const n = looks.at(-1)!.n;
    let found = 0;
    for (let study = 0; study < 1000; study++) {
      const control = Array.from({ length: n }, () => draw(random));
      const cells = Array.from({ length: 4 }, (_, k) =>
        control.map((c) => draw(random) - c + (k < differ ? 3 : 0)),
      );
      if (
        maxT(cells, looks)
          .rejectedAt.slice(differ)
          .some((at) => at !== undefined)
      )
        found++;
    }
    return found / 1000;
  };

  it.each([0, 2])("finds one in at most 5 % of families, %i of four cells differing", (differ) => {
    expect(shareOf(once(7), differ)).toBeLessThan(0.05 + 3 * 0.0069);
  });

  it("nor where results are skewed (exact for one cell, whose differences are even all the same)", () => {
    const skewed = (random: Random) => (-Math.log(1 - random.next())) ** 3;
    expect(shareOf(once(8), 0, skewed)).toBeLessThan(0.05 + 3 * 0.0069);
  });

  it.each([0, 2])("nor with three looks, %i of four cells differing", (differ) => {
    const looks = [
      { n: 6, spent: 0.035 },
      { n: 8, spent: 0.043 },
      { n: 9, spent: 0.05 },
    ];
    expect(shareOf(looks, differ)).toBeLessThan(0.05 + 3 * 0.0069);
  });
});

it("never has an adjusted p below that of the cell alone, also where patterns are drawn", () => {
  const value = fc.integer({ min: -20, max: 30 });
  const cell = (n: number) => fc.array(value, { minLength: n, maxLength: n });
  const families = fc
    .constantFrom([6, 8], [8, 12, 14], [10, 18])
    .chain((looks) =>
      fc.tuple(fc.constant(looks), fc.array(cell(looks.at(-1)!), { minLength: 1, maxLength: 3 })),
    );
  fc.assert(
    fc.property(families, ([looks, cells]) => {
      const { p, alone } = maxT(cells, plannedLooks(looks));
      p.forEach((adjusted, k) => expect(adjusted).toBeGreaterThanOrEqual(alone[k]!));
    }),
    { numRuns: 20 },
  );
});
