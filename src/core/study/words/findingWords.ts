// What was found in one measure, as sentences to be read aloud: which cells are better or worse than the control, by how
// much, over how many seeds. Decides no verdict.
import { counted } from "../../counted.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import { smallestOf } from "../analysis/cellVerdicts.ts";
import type { CellDifference, CellRow, MetricAnalysis } from "../analysis/studyAnalysis.ts";
import { nextLook } from "../moreSeeds.ts";
import type { VerdictKind } from "../stats/studyVerdict.ts";
import { controlOf, type Study } from "../study.ts";
import { changeAlone, changeWords, metricName, pWords, sizeWords, valueWords } from "./studyNumbers.ts";

export interface Compared extends CellRow {
  readonly against: CellDifference;
}

export const labelOf = ({ cells }: Pick<Study, "cells">, name: string): string =>
  `“${cells.find((cell) => cell.name === name)?.label ?? name}”`;

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
export function basisWords({ against }: Pick<Compared, "against">, nCells: number): string {
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
export function untestedWords(study: Study, { n }: CellDifference): string {
  const next = n < LEAST_SEEDS ? undefined : nextLook(study, n);
  return next === undefined ? "Too few seeds to test" : `Not to be tested before ${next} seeds, as planned`;
}

/** "Cr mAP: before training .096; BM25, own language .412."; undefined where nothing stands there. */
export function besideWords({ metric, beside }: MetricAnalysis): string | undefined {
  if (beside.length === 0) return undefined;
  const told = beside.map(({ label, mean }) => `${label} ${valueWords(metric, mean)}`);
  return `${metricName(metric).charAt(0).toUpperCase()}${metricName(metric).slice(1)}: ${told.join("; ")}.`;
}

/** More cells than this are counted, not named. */
const NAMED = 4;

/** Cells by what is said of them, in the order of the words: the best first, of the worse the worst. */
function byVerdict(cells: readonly Compared[]): (readonly [VerdictKind, readonly Compared[]])[] {
  return VERDICTS.flatMap((kind) => {
    const own = cells.filter(({ against }) => against.verdict.kind === kind);
    return own.length === 0 ? [] : [[kind, kind === "worse" ? own.reverse() : own] as const];
  });
}

const VERDICTS: readonly VerdictKind[] = ["better", "worse", "same", "undecided", "tooFew"];

/** "Cr mAP, 6 seeds. Better than “cross”: “mono 20 %” +.025 [.020, .030]. Undecided: …"; undefined without cells. */
export function findingWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const cells = comparedCells(analysis);
  if (cells.length === 0) return undefined;
  const { metric } = analysis;
  const size = sizeOf(study, metric);
  const control = labelOf(study, controlOf(study));
  const heads: Readonly<Record<VerdictKind, string>> = {
    better: `Better than ${control}`,
    worse: `Worse than ${control}`,
    same: size === undefined ? "No difference" : `No difference larger than ${size}`,
    undecided: "Undecided",
    tooFew: `${untestedWords(study, cells[0]!.against)} against ${control}`,
  };
  const parts = byVerdict(cells).map(([kind, own]) => {
    const named = own
      .slice(0, NAMED)
      .map(({ cell, against }) => `${labelOf(study, cell)} ${changeWords(metric, against)}`);
    const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : "";
    return `${heads[kind]}: ${named.join(", ")}${more}.`;
  });
  return `${labelIn(metric)}, ${seedsWords(cells.map(({ against }) => against))}. ${parts.join(" ")}`;
}

/** "Mo mAP: 6 better, most “Monolingual” with +.0103; 2 undecided."; undefined without cells. */
export function shortWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const { metric } = analysis;
  const told = byVerdict(comparedCells(analysis)).map(([kind, own]) => {
    const [first] = own;
    const most = own.length > 1 ? ", most " : ", ";
    const named =
      kind === "better" || kind === "worse"
        ? `${most}${labelOf(study, first!.cell)} with ${changeAlone(metric, first!.against)}`
        : "";
    return `${own.length} ${SHORT[kind]}${named}`;
  });
  return told.length === 0 ? undefined : `${labelIn(metric)}: ${told.join("; ")}.`;
}

const SHORT: Readonly<Record<VerdictKind, string>> = {
  better: "better",
  worse: "worse",
  same: "with no difference that counts",
  undecided: "undecided",
  tooFew: "not tested",
};

const labelIn = (metric: string) => findMetric(metric)?.label ?? metric;

/** The cell that is ahead, for new seeds and new questions both; undefined where values of single questions are not kept. */
export function newQuestionsWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const [best] = comparedCells(analysis);
  const both = best?.against.newQuestions;
  if (!best || !both) return undefined;
  const change = { ...both, n: both.nSeeds };
  return `For new questions, too, ${labelOf(study, best.cell)} has ${changeWords(analysis.metric, change)} (95 % interval over ${both.nSeeds} seeds and ${both.nClusters} groups of questions, two-way).`;
}
