// Held against UTF-8 bytes, the definition: Node's TextEncoder is the independent tool.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCodePoints, descendingPositions } from "./codePointOrder.ts";

function compareBytes(a: string, b: string): number {
  const [x, y] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

describe("compareCodePoints", () => {
  it("puts astral characters after the last of the basic plane, where UTF-16 order does not", () => {
    const [halfwidth, emoji] = ["\uff61", "\u{1f600}"]; // U+FF61 < U+1F600; UTF-16 ff61 > d83d
    expect(emoji < halfwidth).toBe(true);
    expect(compareCodePoints(emoji, halfwidth)).toBeGreaterThan(0);
    expect(compareCodePoints("p" + halfwidth, "p" + emoji)).toBeLessThan(0);
    expect(compareCodePoints("a", "ab")).toBeLessThan(0);
    expect(compareCodePoints("ab", "ab")).toBe(0);
    expect(compareCodePoints("B", "a")).toBeLessThan(0); // no locale: capitals first
  });

  it("agrees with the order of UTF-8 bytes on any text", () => {
    const text = fc.string({ unit: "binary", maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, (head, a, b) => {
        expect(Math.sign(compareCodePoints(head + a, head + b))).toBe(
          Math.sign(compareBytes(head + a, head + b)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("descendingPositions", () => {
  it("numbers ids from the largest, equal ids in their own order", () => {
    // descending: 😀, ｡, d10, d1 (0), d1 (3) -> positions of the five ids as given
    expect([...descendingPositions(["d1", "\uff61", "\u{1f600}", "d1", "d10"])]).toEqual([3, 1, 0, 4, 2]);
  });
});
