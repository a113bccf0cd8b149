import { describe, expect, it } from "vitest";
import { catalogInfo, HUB_ENCODERS } from "./encoderCatalog.ts";
import { countParameters, estimateMemory, HIDDEN_STATES, memorySentence } from "./estimateMemory.ts";

describe("parameters by size", () => {
  it("of a bag are its table", () => {
    const bag = { layers: 0, width: 256, heads: 1, feedForward: 1, vocabSize: 1000, maxTokens: 128 };
    expect(countParameters(bag)).toBe(256_000);
    // weights, two moments and a gradient buffer per used row: counted as 3 of the table's size
    expect(estimateMemory(bag, 10)).toMatchObject({
      heldBytes: 3 * 4 * 256_000,
      largest: { bytes: 4 * 256_000 },
    });
  });

  it("of one layer, D = 2, F = 3, V = 5, T = 4, by hand", () => {
    // 5*2 words + 4*2 positions + 2*2 norm; layer: 4*(2*2) + 2*(2*3) matrices, biases 4*2 + 3 + 2, norms 2*(2*2)
    // = 16 + 12 + 13 + 8 = 49; the formula's 9 D + F = 18 + 3 = 21 covers the biases and norms
    const sizes = { layers: 1, width: 2, heads: 1, feedForward: 3, vocabSize: 5, maxTokens: 4 };
    expect(countParameters(sizes)).toBe(10 + 8 + 4 + 49);
  });

  it("is told with the batch and the pieces it is for", () => {
    // weights, two moments and a gradient of 25,000 x 256 numbers: 3 * 25,000 * 256 * 4 bytes = 76.8 MB; a step of 2 * 32
    // texts holds 4 rows of 256 each: .26 MB. Together 77,062,144 bytes, 73.5 MiB
    const bag = { layers: 0, width: 256, heads: 1, feedForward: 1, vocabSize: 25_000, maxTokens: 128 };
    expect(memorySentence(bag, 32)).toBe("Training takes about 74 MiB at 32 rows a batch and 25,000 pieces.");
  });

  it.each(HUB_ENCODERS)("of $title are those of its card, to a million", (entry) => {
    // without the pooler, token types and dense head: at most 1.2 M
    const sizes = { ...catalogInfo(entry), vocabSize: entry.vocabRows, maxTokens: 512 };
    expect(Math.abs(countParameters(sizes) / 1e6 - entry.parameters)).toBeLessThan(1.3);
  });

  it("grows with the batch only by its activations", () => {
    const sizes = { layers: 2, width: 64, heads: 2, feedForward: 256, vocabSize: 100, maxTokens: 32 };
    const [small, large] = [estimateMemory(sizes, 10), estimateMemory(sizes, 20)];
    expect(large.heldBytes).toBe(small.heldBytes);
    expect(large.bytes - large.heldBytes).toBe(2 * (small.bytes - small.heldBytes));
  });

  it("names the hidden states as the largest piece once a batch makes them so", () => {
    const sizes = { layers: 2, width: 64, heads: 2, feedForward: 256, vocabSize: 100, maxTokens: 32 };
    expect(estimateMemory(sizes, 0).largest.what).toBe("layers’ weights");
    // 2,000 texts of 32 tokens, 256 floats each in the middle of a layer
    const bytes = 4 * 2000 * 32 * 256;
    expect(estimateMemory(sizes, 2000, 32).largest).toEqual({
      bytes,
      what: HIDDEN_STATES,
    });
  });

  it("grows with the length of texts, not with its square", () => {
    const sizes = { layers: 12, width: 384, heads: 12, feedForward: 1536, vocabSize: 100, maxTokens: 512 };
    const activations = (tokens: number) => {
      const { bytes, heldBytes } = estimateMemory(sizes, 128, tokens);
      return bytes - heldBytes;
    };
    // a place: 12 * (8 * 384 + 1536 + 12 + 2) + 2 * 384 + 1 + 7 * 384 = 58,921 floats
    expect(activations(512) - activations(256)).toBe(4 * 128 * 256 * 58_921);
    expect(activations(256) - activations(128)).toBe(4 * 128 * 128 * 58_921);
  });
});
