// How texts are packed and where their tokens are found again.
import { describe, expect, it } from "vitest";
import { rowsOf } from "../../testing/engine/modelSuite.ts";
import { countBucket, indexTokens, lengthBucket, packTexts } from "./tokenBlock.ts";

const LIMITS = { vocabSize: 10, maxTokens: 20, bucketed: false };
const side = (texts: number[][], ...rows: number[]) => ({
  texts: rowsOf(texts),
  rows: Int32Array.from(rows),
});

describe("packTexts", () => {
  it("lays the chosen rows of every side end to end and leaves missing rows empty", () => {
    const block = packTexts([side([[1, 2], [3], []], 2, 0), side([[4, 5, 6]], 0)], 4, LIMITS);
    expect(Array.from(block.ids)).toEqual([1, 2, 4, 5, 6]);
    expect(Array.from(block.owners)).toEqual([1, 1, 2, 2, 2]);
    expect(Array.from(block.starts)).toEqual([0, 0, 2, 5, 5]);
    expect(block.length).toBe(3);
  });

  it("fills up to a bucket where buffers are pooled", () => {
    const block = packTexts([side([[1, 2]], 0)], 1, { ...LIMITS, bucketed: true });
    expect(block.ids.length).toBe(64);
    expect(Array.from(block.owners.slice(0, 4))).toEqual([0, 0, -1, -1]);
  });

  it("refuses what no encoder could take", () => {
    expect(() => packTexts([side([[1], [2, 10]], 0, 1)], 2, LIMITS)).toThrow(
      "Token 1 of text 1 has id 10, the encoder knows 0 to 9",
    );
    expect(() => packTexts([side([new Array<number>(21).fill(1)], 0)], 1, LIMITS)).toThrow(
      "Text 0 has 21 tokens, the encoder takes at most 20",
    );
  });
});

describe("indexTokens", () => {
  it("lists each token's places in order and cleans its scratch", () => {
    const slots = new Int32Array(10);
    const index = indexTokens(
      packTexts(
        [
          side(
            [
              [7, 2, 7],
              [2, 0],
            ],
            0,
            1,
          ),
        ],
        2,
        LIMITS,
      ),
      slots,
      false,
    );
    expect(index).toEqual({
      unique: Int32Array.of(0, 2, 7),
      count: 3,
      offsets: Int32Array.of(0, 1, 3, 5),
      places: Int32Array.of(4, 1, 3, 0, 2),
    });
    expect(slots.every((slot) => slot === 0)).toBe(true);
  });
});

describe("buckets", () => {
  it("are few, large enough, and never far too large", () => {
    const sizes = new Set<number>();
    for (let count = 65; count <= 4096; count++) {
      const size = countBucket(count);
      expect(size).toBeGreaterThanOrEqual(count);
      expect(size).toBeLessThanOrEqual(count * 1.25);
      sizes.add(size);
    }
    expect(sizes.size).toBe(24); // six octaves of four
    expect([1, 8, 9, 33, 500].map((tokens) => lengthBucket(tokens, 128))).toEqual([8, 8, 16, 48, 128]);
  });
});
