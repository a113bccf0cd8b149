// What each rule of a study had on average, and which cell holds just that fixed. Compares no result.
import type { Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { cellSpec } from "../studyRuns.ts";
import { heldFixed, isRule, meanCourse } from "./movingCells.ts";
import type { RuleMean } from "./studyAnalysis.ts";

/** Every rule that has runs and no control made from its mean. */
export function ruleMeans(study: Study, runs: readonly CellRun[]): RuleMean[] {
  return study.cells.flatMap((cell): RuleMean[] => {
    const own = runs.filter((run) => run.cell === cell.name);
    const hasMade = study.cells.some(({ controlOf, made }) => controlOf === cell.name && made === "mean");
    if (own.length === 0 || hasMade || !isRule(study, cell.name)) return [];
    const mean = meanCourse(own, cellSpec(study, cell, 0));
    const other = heldFixed(study, runs, cell.name);
    return [{ cell: cell.name, ...(mean && { mean }), ...(other !== undefined && { other }) }];
  });
}
