import { expect, it } from "vitest";
import { builtInStudy, STUDIES } from "./studies.ts";
import { sizeCost, trainingFlops } from "./sizeCost.ts";
import { STUDY_SIZES } from "./studySizes.ts";

it("counts the operations of training from the encoder's shape", () => {
  const { spec } = builtInStudy("triangle", "full");
  expect([spec.steps, spec.batch.size, spec.encoder.maxTokens]).toEqual([2000, 64, 128]);
  // 2000 × 64 × 2 × 128 = 32,768,000 tokens; a layer has 4 × 768² + 2 × 768 × 3072 = 7,077,888 weights, of which each costs 6;
  // attention 12 × 128 × 768 = 1,179,648; twelve layers: 12 × 43,646,976
  const shape = { layers: 12, width: 768, feedForward: 3072 };
  expect(trainingFlops(spec, shape)).toBe(32_768_000 * 12 * 43_646_976);
  // 1.7e16 operations a run, 100 runs at 2e13 a second: 85,800 s
  const { hours, basis } = sizeCost(100, spec, { spec: {}, seeds: 10, shape });
  expect(hours).toBeCloseTo(23.8, 1);
  expect(basis).toContain("not measured");
});

it("takes what was measured where it was, and says where nothing was", () => {
  const { spec } = builtInStudy("triangle", "classroom");
  expect(sizeCost(60, spec, { spec: {}, seeds: 6, minutesARun: 0.25 })).toMatchObject({ hours: 0.25 });
  expect(sizeCost(60, spec, { spec: {}, seeds: 6 })).toEqual({ basis: "not measured" });
});

it("has hours for every study that is not run on two cores from arithmetic alone", () => {
  for (const { sizes } of STUDIES) {
    expect(sizes.full.minutesARun).toBeUndefined();
    expect(sizes.full.shape).toBeDefined();
    for (const size of STUDY_SIZES) if (size !== "full") expect(sizes[size].shape).toBeUndefined();
  }
});
