import { describe, expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { equivalence } from "./equivalence.ts";
import { plannedLooks } from "./looks.ts";
import { simulateStudy } from "./simulatedStudy.ts";

describe("equivalence", () => {
  it("is the larger p of two one-sided sign-flip tests", () => {
    // d = 1, -1, 1 against +-2: 2 - d = 1, 3, 1 (sum 5, reached by 1 of 8), 2 + d = 3, 1, 3 (1 of 8)
    expect(equivalence([[1, -1, 1]], 2, [{ n: 3, spent: 0.2 }])).toEqual({
      p: [1 / 8],
      rejectedAt: [0],
      exact: true,
    });
    // d = 1, 1, 4 against +-2: 1, 1, -2 sums to 0, reached by +++ ++- +-+ -++ --+... counted: sums +-1 +-1 +-2 >= 0
    // with +2: 4, 2, 2, 0 (all four), with -2: 0 (one), so 5 of 8
    expect(equivalence([[1, 1, 4]], 2, [{ n: 3, spent: 0.2 }]).p).toEqual([5 / 8]);
  });

  it("does not ask which way the measure goes", () => {
    const d = [0.1, 0.3, -0.2, 0.4, 0.2, 0.1];
    const looks = plannedLooks([6]);
    const turned = d.map((x) => -x);
    expect(equivalence([turned], 0.5, looks)).toEqual(equivalence([d], 0.5, looks));
  });

  it("is not kept from its word by a cell that lies far beyond delta", () => {
    // within +-1, so that 1 - d > 0 in all six seeds: p 1 / 64; the neighbour at 10 is out of the family
    const d = [0.1, 0.3, -0.2, 0.4, 0.2, 0.1];
    const far = d.map((x) => 10 - x);
    const looks = plannedLooks([6]);
    expect(equivalence([d, far], 1, looks)).toEqual({
      p: [1 / 64, 1],
      rejectedAt: [0, undefined],
      exact: true,
    });
    expect(equivalence([far.map((x) => -x), d, far], 1, looks).p).toEqual([1, 1 / 64, 1]);
  });

  it("wants a delta", () => {
    expect(() => equivalence([[1]], 0, [{ n: 1, spent: 0.05 }])).toThrow("above 0, got 0");
  });

  it.each([
    ["all by +delta", [1, 1, 1, 1]],
    ["by delta either way", [1, -1, 1, -1]],
    ["two by delta, two not at all", [1, -1, 0, 0]],
    ["two by delta, two by far more", [1, -1, 5, -5]],
  ])("calls no cell of a family that differs by delta the same, but for 5 %% of families: %s", (_, signs) => {
    const random = createRandom(4).fork("equivalence");
    const delta = 1.2;
    const looks = plannedLooks([6, 8]);
    let found = 0;
    for (let i = 0; i < 800; i++) {
      const cells = simulateStudy(random, { seeds: 8, effects: signs.map((sign) => sign * delta) });
      const { rejectedAt } = equivalence(cells, delta, looks);
      if (rejectedAt.some((at, k) => at !== undefined && signs[k] !== 0)) found++;
    }
    expect(found / 800).toBeLessThan(0.05 + 3 * 0.0077); // sd of .05 in 800
  });
});
