// Rounding to halves against their definition: every half, every midpoint, and random numbers by search.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { halfBits } from "./halfFloat.ts";

/** IEEE 754 binary16 by its definition. */
function valueOf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

describe("halves", () => {
  it("every finite half keeps its bits, both signs", () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      expect(halfBits(valueOf(bits))).toBe(bits);
      expect(halfBits(valueOf(bits | 0x8000))).toBe(bits | 0x8000);
    }
  });

  it("every midpoint between two halves goes to the even one, its neighbours to the nearer", () => {
    for (let bits = 0; bits + 1 < 0x7c00; bits++) {
      const middle = (valueOf(bits) + valueOf(bits + 1)) / 2; // 12 significant bits: exact in float32
      expect(halfBits(middle)).toBe(bits % 2 === 0 ? bits : bits + 1);
      expect(halfBits(middle * (1 - 2 ** -20))).toBe(bits);
      expect(halfBits(middle * (1 + 2 ** -20))).toBe(bits + 1);
    }
  });

  it("numbers past the last half become infinity where rounding says so", () => {
    // 65,504 is the last; the next would be 65,536, and 65,520 lies between, odd below
    expect([65_504, 65_519.99, 65_520, 65_536, 1e30, Infinity].map(halfBits)).toEqual([
      0x7bff, 0x7bff, 0x7c00, 0x7c00, 0x7c00, 0x7c00,
    ]);
    expect(halfBits(-1e9)).toBe(0xfc00);
    expect(halfBits(NaN)).toBe(0x7e00);
  });

  it("no half is nearer to a random number than the one chosen", () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-65_000), max: Math.fround(65_000), noNaN: true }), (x) => {
        const chosen = halfBits(x) & 0x7fff;
        const error = Math.abs(valueOf(chosen) - Math.abs(x));
        for (const other of [chosen - 1, chosen + 1]) {
          if (other < 0 || other >= 0x7c00) continue;
          expect(error).toBeLessThanOrEqual(Math.abs(valueOf(other) - Math.abs(x)));
        }
      }),
    );
  });
});
