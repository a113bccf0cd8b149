// Sets of a fixed size hold each language as often as its share asks: by enumeration, to the last digits.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { drawSet, fitSet, inclusionOf, isEven, sharesWithin } from "./languageSet.ts";

const normal = (weights: readonly number[]) => {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
};
function setsOf(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: n - from }, (_, i) => from + i).flatMap((first) =>
    setsOf(n, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

/** P(S) of conditional Poisson sampling: in proportion to the product of p over S and 1 - p over the others. */
function probabilities(p: readonly number[], size: number): Map<readonly number[], number> {
  const raw = setsOf(p.length, size).map(
    (set) =>
      [set, p.reduce((product, chance, i) => product * (set.includes(i) ? chance : 1 - chance), 1)] as const,
  );
  const total = raw.reduce((sum, [, product]) => sum + product, 0);
  return new Map(raw.map(([set, product]) => [set, product / total]));
}

const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 7 });
const cases = weights.chain((list) =>
  fc.record({ share: fc.constant(normal(list)), n: fc.integer({ min: 1, max: list.length }) }),
);

describe("fitSet", () => {
  it("gives inclusion probabilities n * share, and 1 where that is more", () => {
    // 4:2:1:1, two a set: 2 * .5 = 1 is in every set, the others half, a quarter and a quarter of the time
    expect(fitSet([0.5, 0.25, 0.125, 0.125], 2)[0]).toBe(1);
    expect(inclusionOf(fitSet([0.5, 0.25, 0.125, 0.125], 2), 2)).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(0.5, 9),
      expect.closeTo(0.25, 9),
      expect.closeTo(0.25, 9),
    ]);
    const property = fc.property(cases, ({ share, n }) => {
      const p = fitSet(share, n);
      const pi = inclusionOf(p, n);
      expect(pi.reduce((a, b) => a + b, 0)).toBeCloseTo(n, 8);
      const certain = p.filter((chance) => chance === 1).length;
      const rest = share.reduce((sum, q, i) => (p[i] === 1 ? sum : sum + q), 0);
      share.forEach((q, i) => expect(pi[i]).toBeCloseTo(p[i] === 1 ? 1 : ((n - certain) * q) / rest, 8));
    });
    fc.assert(property);
  });

  it("and shares within the set give every language its share over all sets, exactly", () => {
    const property = fc.property(cases, ({ share, n }) => {
      const p = fitSet(share, n);
      const got = share.map(() => 0);
      for (const [set, probability] of probabilities(p, n)) {
        sharesWithin(set, share, p).forEach((part, i) => (got[i]! += probability * part));
      }
      share.forEach((q, i) => expect(got[i]).toBeCloseTo(q, 8));
    });
    fc.assert(property);
  });

  it("holds for many languages, steep weights and nearly all of them in a set", () => {
    const steep = Array.from({ length: 200 }, (_, i) => (1 + i) ** 3);
    for (const [list, n] of [
      [steep, 60],
      [[100, 99, 98, 1, 0.001], 3],
      [[100, 100, 0.0001], 2],
      [Array.from({ length: 40 }, (_, i) => 0.7 ** i), 39],
    ] as const) {
      const share = normal(list);
      const p = fitSet(share, n);
      const certain = p.filter((chance) => chance === 1).length;
      const rest = share.reduce((sum, q, i) => (p[i] === 1 ? sum : sum + q), 0);
      const off = inclusionOf(p, n).map(
        (pi, i) => pi - (p[i] === 1 ? 1 : ((n - certain) * share[i]!) / rest),
      );
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-8);
    }
  });
});

describe("drawSet", () => {
  it("draws so many, of the candidates only, each for sure that must be in", () => {
    const property = fc.property(cases, fc.nat(), ({ share, n }, seed) => {
      const p = fitSet(share, n);
      const set = drawSet(p, [...share.keys()], n, createRandom(seed));
      expect(set).toHaveLength(n);
      for (const [i, chance] of p.entries()) if (chance === 1) expect(set).toContain(i);
      const some = [...share.keys()].filter((i) => i % 2 === 0);
      const few = Math.max(1, Math.min(some.length, n - 1));
      const loose = p.map((chance) => Math.min(chance, 0.5));
      const drawn = drawSet(loose, some, few, createRandom(seed));
      expect(drawn).toHaveLength(few);
      for (const i of drawn) expect(some).toContain(i);
    });
    fc.assert(property);
  });

  it("draws sets by their probabilities", () => {
    const p = fitSet(normal([5, 4, 3, 2, 1]), 2);
    const random = createRandom(11);
    const counts = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const key = drawSet(p, [0, 1, 2, 3, 4], 2, random).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    let chiSquare = 0; // of 10 sets
    for (const [set, probability] of probabilities(p, 2)) {
      const expected = 4000 * probability;
      chiSquare += ((counts.get(set.join()) ?? 0) - expected) ** 2 / expected;
    }
    expect(chiSquare).toBeLessThan(33.72); // p > 1e-4 at 9 degrees of freedom
  });
});

it("isEven is about those that are there", () => {
  expect(isEven([0.5, 0, 0.5])).toBe(true);
  expect(isEven([0.5, 0.25, 0.25])).toBe(false);
});
