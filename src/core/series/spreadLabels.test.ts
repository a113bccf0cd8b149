import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { spreadLabels } from "./spreadLabels.ts";

describe("labels at the ends of lines", () => {
  it("leaves alone what is far enough apart, and pushes a heap apart around its middle", () => {
    expect(spreadLabels([50, 10, 30], 12, 0, 100)).toEqual([50, 10, 30]);
    expect(spreadLabels([40, 40, 40], 12, 0, 100)).toEqual([28, 40, 52]);
    // 10 and 14 want 8 more between them: 4 each
    expect(spreadLabels([14, 10], 12, 0, 100)).toEqual([18, 6]);
  });

  it("stays inside, and says where that cannot be", () => {
    expect(spreadLabels([0, 1, 99], 12, 5, 90)).toEqual([5, 17, 90]);
    expect(() => spreadLabels([1, 2, 3], 12, 0, 20)).toThrow("3 labels need 24, got 20");
    expect(spreadLabels([], 12, 0, 0)).toEqual([]);
  });

  it("never lets two overlap, and keeps their order", () => {
    const heights = fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 25 });
    fc.assert(
      fc.property(heights, (wanted) => {
        const places = spreadLabels(wanted, 12, 0, 300);
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
        for (let k = 1; k < order.length; k++)
          expect(places[order[k]!]! - places[order[k - 1]!]!).toBeGreaterThan(12 - 1e-6);
        for (const place of places) expect(place >= -1e-6 && place <= 300 + 1e-6).toBe(true);
      }),
    );
  });
});
