// The first thing to say of a study: what became of its question in the primary measure. Decides no verdict.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import type { MetricAnalysis, RuleMean, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { isRule } from "../analysis/movingCells.ts";
import type { VerdictKind } from "../stats/studyVerdict.ts";
import { controlOf, type Study } from "../study.ts";
import { basisWords, comparedCells, labelOf, sizeOf, untestedWords, type Compared } from "./findingWords.ts";
import { changeWords, metricName, valueWords, verdictWords } from "./studyNumbers.ts";

type Told = Pick<Compared, "cell" | "against">;

/** What the card says first; then, where it is so, that training made every cell worse. */
export function headline(study: Study, analysis: StudyAnalysis): string {
  const [primary] = analysis.metrics;
  const cells = comparedCells(primary!);
  if (cells.length === 0) return "Nothing can be said yet: no cell has a seed in common with the control.";
  const rules = isRule(study, controlOf(study)) ? [] : analysis.rules;
  const words = createWords(study, primary!);
  const made = (primary!.ownControls ?? []).filter((one) => one.made === "mean");
  const ofMeans = [
    ...made.map(({ rule, against }): RuleMean & Told => ({ cell: rule, against })),
    ...rules.filter((rule): rule is RuleMean & Told => rule.against !== undefined),
  ];
  const found =
    ofMeans.length > 0
      ? words.ofRules(ofMeans, rules.length + made.length - ofMeans.length)
      : words.ofCells(cells, rules);
  return [found, belowStart(primary!)].filter((one) => one !== "").join(" ");
}

function createWords(study: Study, { metric }: MetricAnalysis) {
  const size = sizeOf(study, metric);
  const control = labelOf(study, controlOf(study));
  const isLess = findMetric(metric)?.better === "lower";
  const measure = `${metricName(metric)}${isLess ? ", where less is better," : ""}`;
  const inMeasure = `in ${measure}`.replace(/,$/, "");
  const isAhead = ({ against: { mean } }: Told) => (isLess ? mean < 0 : mean > 0);

  /** "“mono-20”: +.025 [.020, .030] (6 seeds, …), undecided; about 9 more seeds would decide" */
  const told = (cell: Told, nCells: number) => {
    const { verdict } = cell.against;
    const says = verdict.kind === "undecided" || verdict.small ? `, ${verdictWords(verdict, size)}` : "";
    return `${labelOf(study, cell.cell)}: ${changeWords(metric, cell.against)} ${basisWords(cell, nCells)}${says}`;
  };
  /** "6 are worse, 2 undecided" */
  const counts = (cells: readonly Told[]) =>
    (["worse", "same", "undecided"] as const)
      .flatMap((kind) => {
        const n = of(cells, kind).length;
        return n === 0 ? [] : [`${n} ${n === 1 ? "is" : "are"} ${STATES[kind](size)}`];
      })
      .join(", ");
  const nearest = (cell: Told, nCells: number, by = "") =>
    `${isAhead(cell) ? "Ahead" : "Nearest"}${by} is ${told(cell, nCells)}.`;

  const ofCells = (cells: readonly Compared[], rules: readonly RuleMean[]): string => {
    const [best] = cells;
    const all = cells.length;
    if (of(cells, "tooFew").length === all) {
      const first = isAhead(best!) ? "ahead of" : `no cell is ahead of ${control}; nearest to`;
      const which = isAhead(best!) ? `${first} ${control} is` : `${first} it is`;
      return `${untestedWords(study, best!.against)}: a look. So far ${inMeasure} ${which} ${told(best!, all)}.`;
    }
    const better = of(cells, "better");
    const own = cells.filter(({ cell }) => rules.some((rule) => rule.cell === cell));
    if (own.length > 0 && of(own, "better").length === 0) {
      const fixed =
        better.length === 0 ? "" : ` ${counted(better.length, "fixed mix is", "fixed mixes are")} better.`;
      return `No rule is shown to beat ${control}, which stays fixed, ${inMeasure}. ${nearest(own[0]!, all, " of the rules")}${fixed}`;
    }
    if (better.length > 0) {
      const which =
        all === 1
          ? "The other cell is"
          : better.length === 1
            ? `One of ${all} cells is`
            : `${better.length} of ${all} cells are`;
      return `${which} better than ${control} ${inMeasure}; best is ${told(better[0]!, all)}.`;
    }
    const undecided = of(cells, "undecided");
    if (of(cells, "same").length === all)
      return `No cell differs from ${control} by more than ${size} ${inMeasure}. ${nearest(best!, all)}`;
    const shown = undecided.length > 0 ? "shown to be " : "";
    return `No cell is ${shown}better than ${control} ${inMeasure}: ${counts(cells)}. ${nearest(undecided[0] ?? best!, all)}`;
  };

  /** Against the cells that hold their own means fixed; p are of the families that those make. @param untold rules that have no such cell */
  const ofRules = (rules: readonly (RuleMean & Told)[], untold: number): string => {
    const sign = isLess ? 1 : -1;
    const sorted = rules.toSorted((a, b) => sign * (a.against.mean - b.against.mean));
    const all = sorted.length;
    const better = of(sorted, "better");
    const more = untold === 0 ? "" : ` Of ${counted(untold, "more rule")} no cell holds the mean.`;
    if (of(sorted, "tooFew").length === all)
      return `${untestedWords(study, sorted[0]!.against)}: a look at rules against their own means held fixed. ${nearest(sorted[0]!, 1)}${more}`;
    if (better.length > 0)
      return `${better.length} of ${counted(all, "rule")} ${better.length === 1 ? "beats its" : "beat their"} own mean held fixed ${inMeasure}; best is ${told(better[0]!, 1)}.${more}`;
    const first = of(sorted, "undecided")[0] ?? sorted[0]!;
    return `No rule is shown to beat its own mean held fixed ${inMeasure}: of ${all}, ${counts(sorted)}. ${nearest(first, 1)}${more}`;
  };
  return { ofCells, ofRules };
}

const STATES = {
  worse: () => "worse",
  same: (size: string | undefined) => `within ${size ?? "0"}`,
  undecided: () => "undecided",
} as const;

const of = <C extends Told>(among: readonly C[], kind: VerdictKind): C[] =>
  among.filter(({ against }) => against.verdict.kind === kind);

/** Of means alone; nothing where some cell is at least as good as what it began with, or where the starts differ. */
function belowStart({ metric, rows, beside }: MetricAnalysis): string {
  const starts = beside.filter(({ kind }) => kind === "start");
  const [start] = starts;
  const isLess = findMetric(metric)?.better === "lower";
  if (
    !start ||
    starts.length > 1 ||
    rows.some(({ mean }) => (isLess ? mean <= start.mean : mean >= start.mean))
  )
    return "";
  return `Every cell, the control too, ends worse than it began: before training it was ${valueWords(metric, start.mean)}.`;
}
