import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { noisyQuery } from "./noisyQuery.ts";

const shares = new Float64Array(100).fill(0.01);
const range = (from: number, n: number) => Int32Array.from({ length: n }, (_, i) => from + i);

describe("noisyQuery", () => {
  it("leaves a short text as it is", () => {
    expect(noisyQuery(range(0, 4), range(50, 9), 6, shares, createRandom(1))).toEqual(range(0, 4));
  });

  it("is a stretch of the sentence, or some of its pieces once each and then at most `most` of the other's", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 5, max: 40 }),
        fc.integer({ min: 0, max: 8 }),
        (seed, n, most) => {
          const query = [...noisyQuery(range(0, n), range(50, 9), most, shares, createRandom(seed))];
          const own = query.filter((piece) => piece < 50);
          expect(query.slice(0, own.length)).toEqual(own); // noise comes last
          expect(new Set(own).size).toBe(own.length);
          expect(own.length).toBeLessThan(n);
          expect(own.length).toBeGreaterThanOrEqual(Math.min(3, n - 1));
          expect(query.length - own.length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it("keeps rare pieces rather than common ones", () => {
    const uneven = shares.slice();
    uneven.fill(0.5, 0, 10); // pieces 0 to 9 are common, 10 to 19 are not
    let common = 0;
    let rare = 0;
    for (let seed = 0; seed < 200; seed++) {
      for (const piece of noisyQuery(range(0, 20), null, 0, uneven, createRandom(seed))) {
        if (piece < 10) common++;
        else rare++;
      }
    }
    expect(rare).toBeGreaterThan(common);
  });
});
