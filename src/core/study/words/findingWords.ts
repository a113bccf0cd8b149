// What was found in one measure, as sentences to be read aloud: which cells are better or worse than the control, by how
// much, over how many seeds. Decides no verdict.
import { counted } from "../../counted.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import { smallestOf } from "../analysis/cellVerdicts.ts";
import type { CellDifference, CellRow, MetricAnalysis } from "../analysis/studyAnalysis.ts";
import { nextLook } from "../moreSeeds.ts";
import type { VerdictKind } from "../stats/studyVerdict.ts";
import { cellSpec } from "../studyRuns.ts";
import type { Study } from "../study.ts";
import { changeWords, metricName, pWords, sizeWords, valueWords, verdictWords } from "./studyNumbers.ts";

export interface Compared extends CellRow {
  readonly against: CellDifference;
}

export const labelOf = ({ cells }: Pick<Study, "cells">, name: string): string =>
  `“${cells.find((cell) => cell.name === name)?.label ?? name}”`;

export const controlOf = ({ controls, cells }: Pick<Study, "controls" | "cells">): string =>
  controls[0] ?? cells[0]!.name;

/** The cells that were held against the control, the one that does best first. */
export function comparedCells({ metric, rows }: MetricAnalysis): Compared[] {
  const sign = findMetric(metric)?.better === "lower" ? 1 : -1;
  return rows
    .filter((row): row is Compared => row.against !== undefined)
    .sort((a, b) => sign * (a.against.mean - b.against.mean));
}

/** "6 seeds", "4 to 6 seeds" */
export function seedsWords(of: readonly { readonly n: number }[]): string {
  const ns = of.map(({ n }) => n);
  const [least, most] = [Math.min(...ns), Math.max(...ns)];
  return least === most ? counted(most, "seed") : `${least} to ${counted(most, "seed")}`;
}

/** "(6 seeds, 95 % interval by sign flips, p .031 over all 8 cells)"; below three seeds "(2 seeds)" */
function basisWords({ against }: Compared, nCells: number): string {
  const { n, low, kind, adjusted } = against;
  const over = nCells > 1 ? ` over all ${nCells} cells` : "";
  const parts = [
    counted(n, "seed"),
    ...(low === undefined ? [] : [`95 % interval by ${KINDS[kind]}`]),
    ...(adjusted === undefined ? [] : [`p ${pWords(adjusted)}${over}`]),
  ];
  return `(${parts.join(", ")})`;
}

const KINDS = { t: "Student’s t", signFlips: "sign flips" } as const;

/** δ of a measure in words. */
export const sizeOf = (study: Study, metric: string): string | undefined => {
  const size = smallestOf(study, metric);
  return size === undefined ? undefined : sizeWords(metric, size);
};

/** Why nothing is tested yet. */
function untestedWords(study: Study, { n }: CellDifference): string {
  const next = n < LEAST_SEEDS ? undefined : nextLook(study, n);
  return next === undefined ? "Too few seeds to test" : `Not to be tested before ${next} seeds, as planned`;
}

/** The first thing to say of a study: what became of its question in the primary measure. */
export function headline(study: Study, analysis: MetricAnalysis): string {
  const cells = comparedCells(analysis);
  const [best] = cells;
  const control = labelOf(study, controlOf(study));
  if (!best) return "Nothing can be said yet: no cell has a seed in common with the control.";
  const { metric } = analysis;
  const measure = metricName(metric);
  const size = sizeOf(study, metric);
  const of = (kind: VerdictKind, among = cells) =>
    among.filter(({ against }) => against.verdict.kind === kind);
  const numbers = (cell: Compared) =>
    `${labelOf(study, cell.cell)}: ${changeWords(metric, cell.against)} ${basisWords(cell, cells.length)}`;
  const told = (cell: Compared) => {
    const { verdict } = cell.against;
    const says = verdict.kind === "undecided" || verdict.small ? `: ${verdictWords(verdict, size)}` : "";
    return `${numbers(cell)}${says}`;
  };
  if (of("tooFew").length === cells.length)
    return `${untestedWords(study, best.against)}, a look: ahead against ${control} in ${measure} is ${numbers(best)}.`;
  const [better, undecided] = [of("better"), of("undecided")];
  const rules = isMoving(study, controlOf(study)) ? [] : cells.filter(({ cell }) => isMoving(study, cell));
  const [firstRule] = rules;
  if (firstRule && of("better", rules).length === 0) {
    const fixed =
      better.length === 0 ? "" : ` ${counted(better.length, "fixed mix does", "fixed mixes do")}.`;
    return `No rule is shown to beat ${control}, which stays fixed, in ${measure}. Ahead of the rules is ${told(firstRule)}.${fixed}`;
  }
  if (better.length > 0) {
    const which = cells.length === 1 ? "The other cell is" : `${better.length} of ${cells.length} cells are`;
    const is = better.length === 1 && cells.length > 1 ? `One of ${cells.length} cells is` : which;
    return `${is} better than ${control} in ${measure}; ahead is ${told(better[0]!)}.`;
  }
  if (undecided.length > 0)
    return `No cell is shown to be better than ${control} in ${measure}. Ahead is ${told(undecided[0]!)}.`;
  if (of("worse").length > 0)
    return `No cell is better than ${control} in ${measure}; nearest is ${told(best)}.`;
  return `No cell differs from ${control} by more than ${size} in ${measure}; ahead is ${told(best)}.`;
}

/** Whether a cell's mix or its weights move while it trains. */
function isMoving(study: Study, name: string): boolean {
  const cell = study.cells.find((one) => one.name === name)!;
  const { batch, loss } = cellSpec(study, cell, 0);
  return batch.schedule !== "constant" || loss.weighting !== "constant";
}

/** "Cr mAP: before training .096; BM25, own language .412."; undefined where nothing stands there. */
export function besideWords({ metric, beside }: MetricAnalysis): string | undefined {
  if (beside.length === 0) return undefined;
  const told = beside.map(({ label, mean }) => `${label} ${valueWords(metric, mean)}`);
  return `${metricName(metric).charAt(0).toUpperCase()}${metricName(metric).slice(1)}: ${told.join("; ")}.`;
}

/** More cells than this are counted, not named. */
const NAMED = 4;

/** "Rank distance, 6 seeds. Better than “cross”: “mono 20 %” −57 ranks [−60, −54]. Undecided: …"; undefined without cells. */
export function findingWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const cells = comparedCells(analysis);
  if (cells.length === 0) return undefined;
  const { metric } = analysis;
  const label = findMetric(metric)?.label ?? metric;
  const size = sizeOf(study, metric);
  const heads: Readonly<Record<VerdictKind, string>> = {
    better: `Better than ${labelOf(study, controlOf(study))}`,
    worse: `Worse`,
    same: size === undefined ? "No difference" : `No difference larger than ${size}`,
    undecided: "Undecided",
    tooFew: `${untestedWords(study, cells[0]!.against)} against ${labelOf(study, controlOf(study))}`,
  };
  const parts = (Object.keys(heads) as VerdictKind[]).flatMap((kind) => {
    const own = cells.filter(({ against }) => against.verdict.kind === kind);
    if (kind === "worse") own.reverse();
    const named = own
      .slice(0, NAMED)
      .map(({ cell, against }) => `${labelOf(study, cell)} ${changeWords(metric, against)}`);
    const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : "";
    return own.length === 0 ? [] : [`${heads[kind]}: ${named.join(", ")}${more}.`];
  });
  return `${label}, ${seedsWords(cells.map(({ against }) => against))}. ${parts.join(" ")}`;
}

/** The cell that is ahead, for new seeds and new questions both; undefined where values of single questions are not kept. */
export function newQuestionsWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const [best] = comparedCells(analysis);
  const both = best?.against.newQuestions;
  if (!best || !both) return undefined;
  const change = { ...both, n: both.nSeeds };
  return `For new questions, too, ${labelOf(study, best.cell)} has ${changeWords(analysis.metric, change)} (95 % interval over ${both.nSeeds} seeds and ${both.nClusters} groups of questions, two-way).`;
}
