// A family's pairs, paired by seed and judged together. The test is that of every family (cellVerdicts.ts).
import type { Study } from "../study.ts";
import { cellVerdicts } from "./cellVerdicts.ts";
import type { AskedFamily, AskedPair } from "./families.ts";
import { paired } from "./seedMeans.ts";
import type { CellDifference, ComparedFamily, SeedValue } from "./studyAnalysis.ts";

export interface JudgedMeasure {
  readonly study: Study;
  readonly metric: string;
  readonly isOver: boolean; // no run is to come
}

/** Each family with its pairs that have a seed in common, in their order. */
export const familyVerdicts = (
  families: readonly AskedFamily[],
  valuesOf: (cell: string) => readonly SeedValue[],
  measure: JudgedMeasure,
): ComparedFamily[] =>
  families.map(({ asks, pairs }) => ({ asks, pairs: pairVerdicts(pairs, valuesOf, measure) }));

function pairVerdicts(
  pairs: readonly AskedPair[],
  valuesOf: (cell: string) => readonly SeedValue[],
  { study, metric, isOver }: JudgedMeasure,
): (AskedPair & { readonly against: CellDifference })[] {
  const keyOf = ({ cell, other }: AskedPair) => `${cell} ${other}`; // names hold no blank
  const differences = new Map<string, readonly SeedValue[]>();
  for (const pair of pairs) {
    const seeds = paired(valuesOf(pair.cell), valuesOf(pair.other));
    if (seeds.length > 0) differences.set(keyOf(pair), seeds);
  }
  const found = cellVerdicts(study, differences, metric, isOver);
  return pairs.flatMap((pair) => {
    const against = found.get(keyOf(pair));
    return against ? [{ ...pair, against }] : [];
  });
}
