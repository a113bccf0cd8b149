// The triangle's arithmetic: there and back, nearest points, and per cent that always sum to 100.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BATCH_KINDS, ofKinds, type Ratio } from "../../core/spec/batchKind.ts";
import { wholePercents } from "../../core/spec/wholePercents.ts";
import {
  mixText,
  moveTowards,
  sharesOf,
  toPoint,
  toShares,
  withPercent,
  withShares,
  withTyped,
  type TypedMix,
} from "./simplex.ts";

const ratio = (mono: number, cross: number, multi: number, mixedMono = 0): Ratio =>
  ofKinds({ mono, cross, multi, mixedMono });
const anyRatio = fc
  .tuple(...BATCH_KINDS.map(() => fc.integer({ min: 0, max: 100 })))
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const sum = parts.reduce((a, b) => a + b, 0);
    return ratio(parts[0]! / sum, parts[1]! / sum, parts[2]! / sum, parts[3]! / sum);
  });
const total = (r: Ratio) => BATCH_KINDS.reduce((sum, kind) => sum + Math.round(r[kind] * 100), 0);

describe("triangle", () => {
  it("puts pure kinds in the corners and equal parts in the centre", () => {
    expect(toPoint([1, 0, 0])).toEqual({ x: 0, y: Math.sqrt(3) / 2 });
    expect(toPoint([0, 0, 1])).toEqual({ x: 0.5, y: 0 });
    const { x, y } = toPoint([1 / 3, 1 / 3, 1 / 3]);
    expect(x).toBeCloseTo(0.5, 12);
    expect(y).toBeCloseTo(Math.sqrt(3) / 3, 12); // two thirds of the height sqrt(3)/2
  });

  it("comes back from the plane", () => {
    fc.assert(
      fc.property(anyRatio, (r) => {
        const shares = sharesOf(r);
        toShares(toPoint(shares)).forEach((share, i) => expect(share).toBeCloseTo(shares[i]!, 9));
      }),
    );
  });

  it("takes the nearest inner point for one outside", () => {
    expect(toShares({ x: 0.25, y: 2 })).toEqual([0.75, 0.25, 0]); // straight below the lower edge
    expect(toShares({ x: -3, y: Math.sqrt(3) / 2 })).toEqual([1, 0, 0]);
    expect(toShares({ x: 0.5, y: -1 })).toEqual([0, 0, 1]);
  });
});

describe("per cent", () => {
  it("rounds by largest remainder to 100", () => {
    // 33.3, 33.3, 33.3, 0: the missing 1 goes to the first of equal remainders
    expect(wholePercents(ratio(1 / 3, 1 / 3, 1 / 3))).toEqual(ratio(34, 33, 33));
    // 16.67, 16.67, 66.67: remainders .67 each, two are missing
    expect(wholePercents(ratio(1 / 6, 1 / 6, 4 / 6))).toEqual(ratio(17, 17, 66));
  });

  it("says a mix in words", () => {
    expect(mixText(ratio(0.5, 0.3, 0, 0.2))).toBe("50 % mono, 30 % cross, 20 % mixed");
  });

  it("lets the other kinds give in proportion", () => {
    // cross 0.3 and multi 0.1 share the remaining 20 % as 3 to 1
    expect(withPercent(ratio(0.6, 0.3, 0.1), "mono", 80)).toEqual(ratio(0.8, 0.15, 0.05));
    expect(withPercent(ratio(1, 0, 0), "mono", 70)).toEqual(ratio(0.7, 0.3, 0)); // nobody has a share: cross inherits
    expect(withPercent(ratio(0, 1, 0), "cross", 70)).toEqual(ratio(0.3, 0.7, 0));
    expect(withPercent(ratio(0.5, 0.5, 0), "mixedMono", 20)).toEqual(ratio(0.4, 0.4, 0, 0.2));
    expect(withPercent(ratio(0.5, 0.5, 0), "mono", 250)).toEqual(ratio(1, 0, 0));
  });

  it("sums to 100 and keeps the asked-for number, whatever is asked", () => {
    fc.assert(
      fc.property(
        anyRatio,
        fc.constantFrom(...BATCH_KINDS),
        fc.integer({ min: 0, max: 100 }),
        (r, kind, percent) => {
          const next = withPercent(r, kind, percent);
          expect(total(next)).toBe(100);
          expect(Math.round(next[kind] * 100)).toBe(percent);
        },
      ),
    );
  });

  it("keeps the fourth kind while the triangle moves", () => {
    expect(withShares(ratio(0.4, 0.4, 0, 0.2), [0.5, 0, 0.5])).toEqual(ratio(0.4, 0, 0.4, 0.2));
    expect(moveTowards(ratio(0.4, 0.4, 0, 0.2), "multi", 0.1)).toEqual(ratio(0.35, 0.35, 0.1, 0.2));
    expect(moveTowards(ratio(0.75, 0.05, 0, 0.2), "mono", 0.1)).toEqual(ratio(0.8, 0, 0, 0.2)); // stops at the corner
    expect(moveTowards(ratio(0, 0, 0, 1), "mono", 0.1)).toEqual(ratio(0, 0, 0, 1)); // nothing to move
    fc.assert(
      fc.property(
        anyRatio,
        fc.constantFrom("mono", "cross", "multi"),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (r, kind, by) => {
          expect(total(moveTowards(r, kind, by))).toBe(100);
        },
      ),
    );
  });
});

describe("withTyped", () => {
  const type = (start: Ratio, ...numbers: [kind: keyof Ratio, percent: number][]) =>
    numbers.reduce<TypedMix>((mix, [kind, percent]) => withTyped(mix, kind, percent), {
      ratio: start,
      typed: [],
    }).ratio;

  it("gives three numbers that make 100 as they were typed, in any order and from any mix", () => {
    const wanted = [
      ["mono", 70],
      ["cross", 20],
      ["multi", 10],
    ] as const;
    const order = fc.shuffledSubarray([...wanted], { minLength: 3 });
    const starts = fc.constantFrom(
      ratio(0.5, 0.5, 0),
      ratio(1, 0, 0),
      ratio(0, 1, 0),
      ratio(0.25, 0.25, 0.25, 0.25),
    );
    fc.assert(
      fc.property(starts, order, (start, numbers) => {
        expect(
          type(start, ...numbers.map(([kind, percent]) => [kind, percent] as [keyof Ratio, number])),
        ).toEqual(ratio(0.7, 0.2, 0.1));
      }),
    );
  });

  it("lets the oldest go where the others have nothing to give or take", () => {
    expect(type(ratio(0.5, 0.5, 0), ["mono", 70], ["cross", 20])).toEqual(ratio(0.8, 0.2, 0));
    expect(type(ratio(0.5, 0.5, 0), ["mono", 70], ["cross", 60])).toEqual(ratio(0.4, 0.6, 0));
  });

  it("always sums to 100 and keeps the last number", () => {
    const numbers = fc.array(fc.tuple(fc.constantFrom(...BATCH_KINDS), fc.integer({ min: 0, max: 100 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyRatio, numbers, (start, typed) => {
        const next = type(start, ...typed);
        expect(total(next)).toBe(100);
        const [kind, percent] = typed.at(-1)!;
        expect(Math.round(next[kind] * 100)).toBe(percent);
      }),
    );
  });
});
