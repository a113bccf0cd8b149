// Intervals over few questions hold the truth about as often as they say, also where values are skewed. The many samples
// are in coverage.long.test.ts.
import { expect, it } from "vitest";
import { coverageOf, LAWS } from "../../testing/coverage.ts";

const SAMPLES = 200; // sd of a share of .93: .018

it.each(["mostly low", "mostly high", "paragraphs"])("of 10, 20 and 30 clusters: %s", (law) => {
  for (const clusters of [10, 20, 30]) {
    const { covered } = coverageOf(LAWS[law]!, clusters, SAMPLES, { resamples: 400 });
    expect(covered).toBeGreaterThan(0.93 - 2 * 0.018);
  }
});

it("would not as percentiles: three in four at 10 clusters", () => {
  const { covered } = coverageOf(LAWS["mostly high"]!, 10, SAMPLES, { resamples: 400, studentisedBelow: 0 });
  expect(covered).toBeLessThan(0.85);
});
