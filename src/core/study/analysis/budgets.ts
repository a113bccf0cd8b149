// What cells spent, and which of them had as much as the control: equal steps are not equal cross batches.
import type { CellRun, Spent } from "../studyResult.ts";
import type { CellSpent, EqualUnder } from "./studyAnalysis.ts";

/** Cells may differ by so much of the control's and count as equal. */
const NEAR = 0.01;
const KEYS = ["steps", "crossBatches", "pairs"] as const satisfies readonly (keyof Spent)[];

/** Means over the seeds of each cell that has runs. */
export function spentOf(runs: readonly CellRun[], cells: readonly string[]): CellSpent[] {
  return cells.flatMap((cell): CellSpent[] => {
    const own = runs.filter((run) => run.cell === cell);
    if (own.length === 0) return [];
    const mean = (key: keyof Spent) => own.reduce((sum, { spent }) => sum + spent[key], 0) / own.length;
    return [
      {
        cell,
        seeds: own.map(({ seed }) => seed).sort((a, b) => a - b),
        spent: { steps: mean("steps"), crossBatches: mean("crossBatches"), pairs: mean("pairs") },
      },
    ];
  });
}

/** Of each budget the cells that had as much as the control, it among them; none where it has no run. */
export function equalUnder(spent: readonly CellSpent[], control: string): EqualUnder[] {
  const had = spent.find(({ cell }) => cell === control)?.spent;
  if (!had) return [];
  return KEYS.map((budget) => ({
    budget,
    cells: spent
      .filter((one) => Math.abs(one.spent[budget] - had[budget]) <= NEAR * had[budget])
      .map(({ cell }) => cell),
  }));
}
