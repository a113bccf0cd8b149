// What is said of a study's cells in any sentence: their labels, their seeds, δ, why nothing is tested. Decides no verdict.
import { counted } from "../../counted.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { smallestOf } from "../analysis/cellVerdicts.ts";
import type { CellDifference } from "../analysis/studyAnalysis.ts";
import { nextLook } from "../moreSeeds.ts";
import { cellLabel, type Study } from "../study.ts";
import { sizeWords } from "./studyNumbers.ts";

export const labelOf = (study: Pick<Study, "cells">, name: string): string => `“${cellLabel(study, name)}”`;

/** "6 seeds", "4 to 6 seeds" */
export function seedsWords(of: readonly { readonly n: number }[]): string {
  const ns = of.map(({ n }) => n);
  const [least, most] = [Math.min(...ns), Math.max(...ns)];
  return least === most ? counted(most, "seed") : `${least} to ${counted(most, "seed")}`;
}

/** δ of a measure in words. */
export const sizeOf = (study: Study, metric: string): string | undefined => {
  const size = smallestOf(study, metric);
  return size === undefined ? undefined : sizeWords(metric, size);
};

const TOO_FEW = "Too few seeds to test";

/** Why nothing is tested yet. */
export function untestedWords(study: Study, { n }: CellDifference): string {
  const next = n < LEAST_SEEDS ? undefined : nextLook(study, n);
  return next === undefined ? TOO_FEW : `Not to be tested before ${next} seeds, as planned`;
}
