// What is said of encoders that nobody has measured, beside those that were.
import { expect, it } from "vitest";
import { findShipped } from "../encoders/shippedEncoders.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { expectedSpeeds } from "./shapeSpeeds.ts";

const encoder = (id: string, layers = 0, width = 256) => ({
  encoder: { ...DEFAULT_SPEC.encoder, id, layers, width },
});

it("takes the measured speed of a shipped encoder, and for others their work beside two of those", () => {
  const bag = findShipped("distilled-bag-37k")!;
  const small = findShipped("distilled-small")!;
  expect(expectedSpeeds(encoder(bag.info.id))).toBe(bag.speeds);
  // a bag as wide as the measured one is as fast, one half as wide twice as fast
  expect(expectedSpeeds(encoder("random", 0, 288))!.pairs).toBeCloseTo(bag.speeds!.pairs, 6);
  expect(expectedSpeeds(encoder("random", 0, 144))!.texts).toBeCloseTo(2 * bag.speeds!.texts, 6);
  // the small one's layers, and its pieces: 1 / (384 / 288 / 12,000 + 1 / 12) is .13 % below 12
  expect(expectedSpeeds(encoder("random", 5, 384))!.pairs / small.speeds!.pairs).toBeCloseTo(0.9987, 4);
  expect(expectedSpeeds(encoder("hf:a/b"))).toBeUndefined();
  const facts = { "hf:a/b": { layers: 10, width: 384 } };
  expect(expectedSpeeds(encoder("hf:a/b"), facts)!.pairs).toBeCloseTo(6, 1);
});
