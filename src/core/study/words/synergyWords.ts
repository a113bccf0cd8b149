// Whether kinds of batch reinforce each other, in words: for the headline, for the card, as a table. Decides no verdict.
import type { Cell, ResultTable } from "../../export/resultTable.ts";
import { counted } from "../../counted.ts";
import { percent } from "../../percent.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import { ALL_LANGUAGES } from "../analysis/languageGroups.ts";
import type {
  GapSynergy,
  MetricAnalysis,
  PairSynergy,
  SeedMean,
  Synergy,
  SynergyGroup,
} from "../analysis/studyAnalysis.ts";
import type { Study } from "../study.ts";
import { sizeOf } from "./cellWords.ts";
import { changeCell, changeWords, metricName, pWords, rangeCell } from "./studyNumbers.ts";

const pairName = ({ kinds }: Pick<PairSynergy, "kinds">): string => kinds.join(" with ");

/** "the 8 low-resource languages", "all 20 languages" */
const groupName = ({ name, languages }: SynergyGroup): string =>
  name === ALL_LANGUAGES
    ? `all ${counted(languages, "language")}`
    : /resource$/.test(name)
      ? `the ${counted(languages, `${name} language`)}`
      : `${name} (${counted(languages, "language")})`;

/** Groups apart where the set has them, else all languages. */
const toldGroups = ({ groups }: Synergy): readonly SynergyGroup[] => {
  const apart = groups.filter(({ name }) => name !== ALL_LANGUAGES).slice(0, 2);
  return apart.length === 0 ? groups : apart;
};

const ofKind = ({ pairs }: SynergyGroup, kind: PairSynergy["verdict"]["kind"]) =>
  pairs.filter(({ verdict }) => verdict.kind === kind);

/** The first sentence of a study over blends: its answer by group; undefined where nothing was fitted. */
export function synergyHeadline({ metric, synergy }: MetricAnalysis): string | undefined {
  if (!synergy) return undefined;
  const groups = toldGroups(synergy);
  const names = groups.map((group) => `in ${groupName(group)}`);
  const [where, limit] =
    synergy.basis === "cells"
      ? [" at even halves", " Other blends are not judged, since no quadratic surface fits."]
      : ["", ""];
  const what = `reinforce each other${where} in ${metricName(metric)}`;
  if (groups.some((group) => ofKind(group, "tooFew").length > 0))
    return `Whether kinds of batch ${what} is not tested yet: too few seeds.`;
  if (groups.every((group) => ofKind(group, "never").length === group.pairs.length))
    return `No two kinds of batch ${what}, ${groups.length > 1 ? `neither ${names.join(" nor ")}` : names[0]!}.${limit}`;
  const told = groups.map((group, i) => `${names[i]!} ${groupAnswer(metric, group)}`);
  return `Whether kinds of batch ${what}: ${told.join("; ")}.${limit}`;
}

/** "mono with cross does (best near mono 33 %: +.003 [.002, .004] over the better alone), mono with multi does not" */
function groupAnswer(metric: string, group: SynergyGroup): string {
  const all = group.pairs.length;
  const [never, undecided] = [ofKind(group, "never"), ofKind(group, "undecided")];
  const list = (pairs: readonly PairSynergy[]) => pairs.map(pairName).join(" and ");
  const isOne = (pairs: readonly PairSynergy[]) => pairs.length === 1;
  if (never.length === all) return "no two do";
  if (undecided.length === all) return "it is undecided for every two";
  return [
    ...ofKind(group, "beats").map((pair) => `${pairName(pair)} does${bestWords(metric, pair)}`),
    ...(never.length === 0 ? [] : [`${list(never)} ${isOne(never) ? "does" : "do"} not`]),
    ...(undecided.length === 0 ? [] : [`${list(undecided)} ${isOne(undecided) ? "is" : "are"} undecided`]),
  ].join(", ");
}

/** " (best near mono 33 %: +.0031 [.0022, .0040] over the better alone)" */
function bestWords(metric: string, { kinds, best }: PairSynergy): string {
  if (!best) return "";
  const { share, gain } = best;
  const where = share === 0.5 ? "half of each" : `best near ${kinds[0]} ${percent(share)}`;
  return ` (${where}: ${changeWords(metric, gain)} over the better alone)`;
}

/** Every pair with its b_ij, interval and verdict, by group; then how far low- and high-resource languages differ. */
export function synergyWords(study: Study, { metric, synergy }: MetricAnalysis): string[] {
  if (!synergy) return [];
  const { groups, gap, seeds } = synergy;
  const size = sizeOf(study, metric);
  const pairs = (group: SynergyGroup) =>
    group.pairs
      .map((pair) => `${pairName(pair)} ${changeWords(metric, pair.bend)}, ${verdictOf(synergy, pair, size)}`)
      .join("; ");
  return [
    `How far blends of two kinds lie above the line between them is Scheffé’s b; an even blend lies a quarter of it above the mean of its two kinds, and a blend beats both alone where b is more than these differ by (${basisWords(synergy)}).`,
    ...groups.map((group) => `In ${groupName(group)}: ${pairs(group)}.`),
    ...(gap
      ? [
          `b of ${toldGroups(synergy)
            .map(({ name }) => name)
            .join(
              " less ",
            )} languages: ${gap.map((one) => `${pairName(one)} ${changeWords(metric, one.bend)}, ${gapVerdict(one, size)}`).join("; ")}.`,
        ]
      : []),
    `Intervals of b are 95 %, each by itself, over ${counted(seeds, "seed")} by Student’s t; verdicts hold for the three pairs of a group together.`,
  ];
}

const basisWords = ({ basis }: Synergy): string =>
  basis === "surface"
    ? "of the quadratic surface, seeds as blocks"
    : "no quadratic surface fits all groups, so it is of the pure kinds and their even blends as measured, seeds as blocks; other blends are not judged";

function verdictOf({ basis }: Synergy, { best, verdict }: PairSynergy, size: string | undefined): string {
  const blend = basis === "cells" ? "even blend" : "blend";
  const small = verdict.small && size !== undefined ? ` by less than ${size}` : "";
  switch (verdict.kind) {
    case "tooFew":
      return "too few seeds to test";
    case "beats":
      return `${best?.share === 0.5 ? "an even blend" : `a ${blend}`} beats both${small}`;
    case "never":
      return `no ${blend} beats both${small === "" ? "" : `; it is behind${small}`}`;
    case "undecided":
      return verdict.more === undefined
        ? "undecided"
        : `undecided; about ${counted(verdict.more, "more seed")} would decide`;
    default:
      return verdict.kind satisfies never;
  }
}

function gapVerdict({ verdict }: GapSynergy, size: string | undefined): string {
  switch (verdict) {
    case "tooFew":
      return "too few seeds to test";
    case "differ":
      return "not alike";
    case "alike":
      return `alike: even blends within ${size ?? "δ"}`;
    case "undecided":
      return "undecided";
    default:
      return verdict satisfies never;
  }
}

const changeOf = (metric: string, change: SeedMean): Cell => {
  const range = rangeCell(metric, change);
  return range === undefined ? changeCell(metric, change) : [changeCell(metric, change), range];
};

/** One pair in one group, or how far two groups differ in it. */
export interface SynergyLine extends Pick<PairSynergy, "kinds" | "bend" | "best" | "p" | "adjusted"> {
  readonly group: string; // "low-resource (8)", "low-resource − high-resource"
  readonly verdict: string;
}

/** Every pair in each group, then in the difference of two. */
export function synergyLines(study: Study, { metric, synergy }: MetricAnalysis): SynergyLine[] {
  if (!synergy) return [];
  const { groups, gap = [] } = synergy;
  const size = sizeOf(study, metric);
  const between = toldGroups(synergy)
    .map(({ name }) => name)
    .join(" − ");
  return [
    ...groups.flatMap(({ name, languages, pairs }) =>
      pairs.map((pair): SynergyLine => ({
        ...pair,
        group: `${name} (${languages})`,
        verdict: verdictOf(synergy, pair, size),
      })),
    ),
    ...gap.map((one): SynergyLine => ({ ...one, group: between, verdict: gapVerdict(one, size) })),
  ];
}

/** Undefined where nothing was fitted. */
export function synergyTable(study: Study, analysis: MetricAnalysis): ResultTable | undefined {
  const { metric, synergy } = analysis;
  if (!synergy) return undefined;
  const pOf = (p: number | undefined) => (p === undefined ? "–" : pWords(p));
  return {
    caption: `${study.title}: whether kinds reinforce each other in ${findMetric(metric)?.label ?? metric}, ${counted(synergy.seeds, "seed")} as blocks. b: ${basisWords(synergy)}. Gain: the best blend, or the even one, less the better of its kinds. Brackets: 95 % intervals by Student’s t. p that a blend beats both alone, or that none does; adjusted over the three pairs.`,
    columns: ["Languages", "Kinds", "b", "Best blend", "Gain", "p", "Adjusted", "Verdict"],
    rows: synergyLines(study, analysis).map((line): readonly Cell[] => [
      line.group,
      pairName(line),
      changeOf(metric, line.bend),
      line.best ? `${line.kinds[0]} ${percent(line.best.share)}` : "–",
      line.best ? changeOf(metric, line.best.gain) : "–",
      pOf(line.p),
      pOf(line.adjusted),
      line.verdict,
    ]),
  };
}
