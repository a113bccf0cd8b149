// A family of comparisons as a sentence to be read aloud: how many cells are better or worse, which of them most, by how much,
// over how many seeds and comparisons. Decides no verdict.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import type {
  CellDifference,
  ComparedFamily,
  ComparedPair,
  MetricAnalysis,
} from "../analysis/studyAnalysis.ts";
import { isRule } from "../analysis/movingCells.ts";
import type { VerdictKind } from "../stats/studyVerdict.ts";
import { controlOf, type Study } from "../study.ts";
import { labelOf, seedsWords, sizeOf, untestedWords } from "./cellWords.ts";
import { changeAlone, changeWords, metricName, pWords } from "./studyNumbers.ts";

/** The pair that does best first. */
export function bestFirst(metric: string, pairs: readonly ComparedPair[]): ComparedPair[] {
  const sign = findMetric(metric)?.better === "lower" ? 1 : -1;
  return pairs.toSorted((a, b) => sign * (a.against.mean - b.against.mean));
}

/** What the study is about: rules against their own means held fixed, where it has such, else cells against the control. */
export const leadFamily = ({ families }: MetricAnalysis): ComparedFamily =>
  families.find(({ asks }) => asks === "mean") ?? families.find(({ asks }) => asks === "control")!;

/** The pair of the first family that does best; undefined without any. */
export const leadPair = (analysis: MetricAnalysis): ComparedPair | undefined =>
  bestFirst(analysis.metric, leadFamily(analysis).pairs)[0];

/** What a family's pairs are. */
export const nounOf = (study: Study, { asks, pairs }: ComparedFamily): "rule" | "cell" =>
  asks === "mean" || asks === "reversed" || pairs.every(({ cell }) => isRule(study, cell)) ? "rule" : "cell";

/** What a family's cells are held against: "“cross”", "their own means held fixed". */
export const whatOf = (study: Study, { asks, pairs }: ComparedFamily): string =>
  asks === "mean"
    ? `${pairs.length === 1 ? "its own mean" : "their own means"} held fixed`
    : asks === "reversed"
      ? `${pairs.length === 1 ? "its" : "their"} own way backwards`
      : labelOf(study, pairs[0]?.other ?? controlOf(study));

/** "(6 seeds, 95 % interval by sign flips, p .031 over all 8 cells)"; below three seeds "(2 seeds)" */
export function basisWords({ n, low, kind, adjusted, among = 1 }: CellDifference, noun: string): string {
  const over = among > 1 ? ` over all ${counted(among, noun)}` : "";
  const parts = [
    counted(n, "seed"),
    ...(low === undefined ? [] : [`95 % interval by ${KINDS[kind]}`]),
    ...(adjusted === undefined ? [] : [`p ${pWords(adjusted)}${over}`]),
  ];
  return `(${parts.join(", ")})`;
}

const KINDS = { t: "Student’s t", signFlips: "sign flips" } as const;

/** Of better and worse cells so many are named, of others fewer; all stand in the table. */
const NAMED = { better: 3, worse: 3, same: 2, undecided: 2, tooFew: 3 } as const;

/** Pairs by what is said of them, in the order of the words: the best first, of the worse the worst. */
function byVerdict(
  metric: string,
  pairs: readonly ComparedPair[],
): (readonly [VerdictKind, readonly ComparedPair[]])[] {
  const sorted = bestFirst(metric, pairs);
  return VERDICTS.flatMap((kind) => {
    const own = sorted.filter(({ against }) => against.verdict.kind === kind);
    return own.length === 0 ? [] : [[kind, kind === "worse" ? own.reverse() : own] as const];
  });
}

const VERDICTS: readonly VerdictKind[] = ["better", "worse", "same", "undecided", "tooFew"];

/**
 * "Of 2 cells against “cross” in Cr mAP, 1 is better: “mono-20” +.025 [.020, .030]. 1 is undecided: … (6 seeds, 95 % intervals by
 * sign flips over all 2.)"; undefined without pairs.
 */
export function familyWords(study: Study, metric: string, family: ComparedFamily): string | undefined {
  const { pairs } = family;
  const [first] = pairs;
  if (!first) return undefined;
  const size = sizeOf(study, metric);
  const told = byVerdict(metric, pairs).map(([kind, own]) => {
    const named = own.slice(0, NAMED[kind]).map(({ cell, against }) => {
      const small = against.verdict.small && size !== undefined ? `, by less than ${size}` : "";
      return `${labelOf(study, cell)} ${changeWords(metric, against)}${small}`;
    });
    const more = own.length > named.length ? ` and ${own.length - named.length} more` : "";
    return `${stateWords(study, metric, own)}: ${named.join("; ")}${more}.`;
  });
  const basis = `(${seedsWords(pairs.map(({ against }) => against))}${familyIntervals(pairs, nounOf(study, family))}.)`;
  return `Of ${counted(pairs.length, nounOf(study, family))} against ${whatOf(study, family)} in ${metricName(metric)}, ${told.join(" ")} ${basis}`;
}

/** "Against “mono 20 %”: 13 worse, most “tDRO” with −.022."; undefined without pairs. */
export function shortFamily(study: Study, metric: string, family: ComparedFamily): string | undefined {
  const told = shortVerdicts(study, metric, family.pairs);
  const number = counted(family.pairs.length, nounOf(study, family));
  return told === undefined ? undefined : `Against ${whatOf(study, family)} (${number}): ${told}.`;
}

/** "6 better, most “Monolingual” with +.0103; 2 undecided"; undefined without pairs. */
export function shortVerdicts(
  study: Study,
  metric: string,
  pairs: readonly ComparedPair[],
): string | undefined {
  const told = byVerdict(metric, pairs).map(([kind, own]) => {
    const [first] = own;
    const most = own.length > 1 ? ", most " : ", ";
    const named =
      kind === "better" || kind === "worse"
        ? `${most}${labelOf(study, first!.cell)} with ${changeAlone(metric, first!.against)}`
        : "";
    return `${own.length} ${SHORT[kind]}${named}`;
  });
  return told.length === 0 ? undefined : told.join("; ");
}

const SHORT: Readonly<Record<VerdictKind, string>> = {
  better: "better",
  worse: "worse",
  same: "with no difference that counts",
  undecided: "undecided",
  tooFew: "not tested",
};

/** ", 95 % intervals by sign flips over all 8 cells"; nothing below three seeds. */
export function familyIntervals(pairs: readonly ComparedPair[], noun: string): string {
  const {
    kind,
    low,
    among = 1,
  } = (pairs.find(({ against }) => against.among !== undefined) ?? pairs[0]!).against;
  const over = among > 1 ? ` over all ${counted(among, noun)}` : "";
  return low === undefined ? "" : `, 95 % intervals by ${KINDS[kind]}${over}`;
}

/** "2 are better", "1 has no difference larger than .010" */
export function stateWords(study: Study, metric: string, own: readonly ComparedPair[]): string {
  const [{ against }] = own as [ComparedPair];
  const size = sizeOf(study, metric);
  const untested = untestedWords(study, against);
  const [is, has] = own.length === 1 ? ["is", "has"] : ["are", "have"];
  const words: Readonly<Record<VerdictKind, string>> = {
    better: `${is} better`,
    worse: `${is} worse`,
    same: `${has} no difference${size === undefined ? "" : ` larger than ${size}`}`,
    undecided: `${is} undecided`,
    tooFew: untested.startsWith("Too") ? `${has} ${decapital(untested)}` : `${is} ${decapital(untested)}`,
  };
  return `${own.length} ${words[against.verdict.kind]}`;
}

const decapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
