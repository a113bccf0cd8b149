// Every cell's difference from the control as a finding: interval, p, p over all cells, verdict. The formulas are in
// core/study/stats.
import { findMetric } from "../../metrics/metricTable.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { signFlipP } from "../../stats/signFlip.ts";
import { seedMean } from "./seedMeans.ts";
import type { CellDifference, CellVerdict, SeedValue } from "./studyAnalysis.ts";

/**
 * @param differences by cell, each with at least one seed
 * @param metric path, which says whether less is better
 */
export function cellVerdicts(
  differences: ReadonlyMap<string, readonly SeedValue[]>,
  metric: string,
): Map<string, CellDifference> {
  return new Map(
    [...differences].map(([cell, seeds]) => {
      const over = seedMean(seeds);
      const p = signFlipP(seeds.map(({ value }) => value));
      return [cell, { ...over, seeds, p, verdict: verdictOf(over, findMetric(metric)?.better === "lower") }];
    }),
  );
}

function verdictOf(
  { n, mean, low, high }: Omit<CellDifference, "seeds" | "verdict">,
  lessIsBetter: boolean,
): CellVerdict {
  if (n < LEAST_SEEDS || low === undefined || high === undefined) return { kind: "tooFew" };
  if (low <= 0 && high >= 0) return { kind: "undecided" };
  return { kind: mean > 0 !== lessIsBetter ? "better" : "worse" };
}
