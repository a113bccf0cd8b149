// How often intervals hold the truth, over thousands of samples of skewed values.
import { expect, it } from "vitest";
import { coverageOf, LAWS } from "../../testing/coverage.ts";
import { rounds } from "../../testing/longLane.ts";

const samples = rounds({ short: 300, long: 4000 });
/** Least share of 95 % intervals that hold the truth, by clusters. At 10 nothing is known of what was never drawn. */
const LEAST: Readonly<Record<number, number>> = { 10: 0.9, 20: 0.93, 30: 0.93, 60: 0.94, 200: 0.94 };

it.each(Object.entries(LAWS))("intervals cover: %s", { timeout: 600_000 }, (name, law) => {
  for (const [clusters, least] of Object.entries(LEAST)) {
    const { covered, width } = coverageOf(law, Number(clusters), samples, { resamples: 1000 });
    console.log(`${name}, ${clusters} clusters: ${(100 * covered).toFixed(1)} %, width ${width.toFixed(3)}`);
    expect(covered).toBeGreaterThan(least - 3 * Math.sqrt((least * (1 - least)) / samples));
    expect(covered).toBeLessThan(0.995); // wide enough is not enough: it must not say too little
  }
});
