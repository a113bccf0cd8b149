// The first thing to say of a study: what became of its question in the primary measure. Decides no verdict.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import type {
  ComparedFamily,
  ComparedPair,
  MetricAnalysis,
  StudyAnalysis,
} from "../analysis/studyAnalysis.ts";
import { isRule } from "../analysis/movingCells.ts";
import type { VerdictKind } from "../stats/studyVerdict.ts";
import type { Study } from "../study.ts";
import { labelOf, sizeOf, untestedWords } from "./cellWords.ts";
import { basisWords, bestFirst, leadFamily, nounOf, stateWords, whatOf } from "./familyWords.ts";
import { changeCell, changeWords, metricName, valueWords, verdictWords } from "./studyNumbers.ts";
import { synergyHeadline } from "./synergyWords.ts";

/**
 * What the card says first: of a study over blends whether kinds reinforce each other; the family that answers the question, those of further controls where cells lie nearer to them, and,
 * where it is so, that training made every cell worse.
 */
export function headline(study: Study, { metrics: [primary], rules }: StudyAnalysis): string {
  const family = leadFamily(primary!);
  if (family.pairs.length === 0)
    return "Nothing can be said yet: no cell has a seed in common with the control.";
  const { ofCells, ofRules } = createWords(study, primary!);
  const untold = rules.filter(({ cell }) => family.pairs.every((pair) => pair.cell !== cell)).length;
  const found =
    family.asks === "mean"
      ? [ofRules(family, untold)]
      : [ofCells(family), ...primary!.families.filter(({ asks }) => asks === "further").map(ofCells)];
  return [synergyHeadline(primary!) ?? "", ...found, belowStart(primary!)]
    .filter((one) => one !== "")
    .join(" ");
}

function createWords(study: Study, { metric }: MetricAnalysis) {
  const size = sizeOf(study, metric);
  const isLess = findMetric(metric)?.better === "lower";
  const measure = `${metricName(metric)}${isLess ? ", where less is better," : ""}`;
  const inMeasure = `in ${measure}`.replace(/,$/, "");
  /** Of the number as it is printed: one that comes out as 0 is not ahead. */
  const isAhead = ({ against }: ComparedPair) => changeCell(metric, against).startsWith(isLess ? "−" : "+");

  /** "“mono-20”: +.025 [.020, .030] (6 seeds, …), undecided; about 9 more seeds would decide" */
  const told = ({ cell, against }: ComparedPair, family: ComparedFamily, isSaid = false) => {
    const { verdict } = against;
    const isTold = !isSaid && (verdict.kind === "undecided" || verdict.kind === "same" || verdict.small);
    const says = isTold ? `, ${verdictWords(verdict, size)}` : "";
    return `${labelOf(study, cell)}: ${changeWords(metric, against)} ${basisWords(against, nounOf(study, family))}${says}`;
  };
  /** "6 are worse, 2 are undecided" */
  const counts = (pairs: readonly ComparedPair[]) =>
    (["worse", "same", "undecided", "tooFew"] as const)
      .map((kind) => of(pairs, kind))
      .flatMap((own) => (own.length === 0 ? [] : [stateWords(study, metric, own)]))
      .join(", ");
  const areAlike = ({ pairs }: ComparedFamily) => of(pairs, "same").length === pairs.length; // and said to be
  const isLittle = (better: readonly ComparedPair[]) => better.every(({ against }) => against.verdict.small);
  const tooLittle = (better: readonly ComparedPair[]) =>
    isLittle(better) ? `, but by less than ${size}, too little to count` : "";
  const nearest = (pair: ComparedPair, family: ComparedFamily, by = "") =>
    `${isAhead(pair) ? "Ahead" : "Nearest"}${by} is ${told(pair, family, areAlike(family))}.`;

  const ofCells = (family: ComparedFamily): string => {
    const pairs = bestFirst(metric, family.pairs);
    const [best] = pairs as [ComparedPair];
    const all = pairs.length;
    const control = whatOf(study, family);
    if (of(pairs, "tooFew").length === all) {
      const first = isAhead(best) ? "ahead of" : `no cell is ahead of ${control}; nearest to`;
      const which = isAhead(best) ? `${first} ${control} is` : `${first} it is`;
      return `${untestedWords(study, best.against)}: a look. So far in ${measure} ${which} ${told(best, family)}.`;
    }
    const better = of(pairs, "better");
    const own = isRule(study, best.other) ? [] : pairs.filter(({ cell }) => isRule(study, cell));
    if (own.length > 0 && of(own, "better").length === 0) {
      const fixed =
        better.length === 0 ? "" : ` ${counted(better.length, "fixed mix is", "fixed mixes are")} better.`;
      return `No rule is shown to beat ${control}, which stays fixed, ${inMeasure}. ${nearest(own[0]!, family, " of the rules")}${fixed}`;
    }
    if (better.length > 0) {
      const which =
        all === 1
          ? "The other cell is"
          : better.length === 1
            ? `One of ${all} cells is`
            : `${better.length} of ${all} cells are`;
      return `${which} better than ${control} ${inMeasure}${tooLittle(better)}; best is ${told(better[0]!, family, isLittle(better))}.`;
    }
    const undecided = of(pairs, "undecided");
    if (of(pairs, "same").length === all)
      return `No cell differs from ${control} by more than ${size} ${inMeasure}. ${nearest(best, family)}`;
    const shown = undecided.length > 0 ? "shown to be " : "";
    return `No cell is ${shown}better than ${control} ${inMeasure}: ${counts(pairs)}. ${nearest(undecided[0] ?? best, family)}`;
  };

  /** @param untold rules of which no cell holds the mean */
  const ofRules = (family: ComparedFamily, untold: number): string => {
    const pairs = bestFirst(metric, family.pairs);
    const [best] = pairs as [ComparedPair];
    const better = of(pairs, "better");
    const more = untold === 0 ? "" : ` Of ${counted(untold, "more rule")} no cell holds the mean.`;
    if (of(pairs, "tooFew").length === pairs.length)
      return `${untestedWords(study, best.against)}: a look at rules against their own means held fixed. ${nearest(best, family)}${more}`;
    if (better.length > 0)
      return `${better.length} of ${counted(pairs.length, "rule")} ${better.length === 1 ? "beats its" : "beat their"} own mean held fixed ${inMeasure}${tooLittle(better)}; best is ${told(better[0]!, family, isLittle(better))}.${more}`;
    const first = of(pairs, "undecided")[0] ?? best;
    return `No rule is shown to beat its own mean held fixed ${inMeasure}: of ${pairs.length}, ${counts(pairs)}. ${nearest(first, family)}${more}`;
  };
  return { ofCells, ofRules };
}

const of = (among: readonly ComparedPair[], kind: VerdictKind): ComparedPair[] =>
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
