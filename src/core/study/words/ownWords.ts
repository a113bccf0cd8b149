// Rules against the cells that hold their own means fixed, and cells against the further control that they are nearest to.
import { percent } from "../../percent.ts";
import { BATCH_KINDS } from "../../spec/batchKind.ts";
import { KIND_NAMES } from "../../spec/kindNames.ts";
import type { KindWeights } from "../../spec/spec.ts";
import { groupBy } from "../../groupBy.ts";
import type { OwnPair, RuleMean, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import type { MeanCourse } from "../analysis/movingCells.ts";
import { counted } from "../../counted.ts";
import type { Study } from "../study.ts";
import { labelOf, sizeOf } from "./findingWords.ts";
import { changeWords, pWords, verdictWords } from "./studyNumbers.ts";

const isPair = (rule: RuleMean): rule is RuleMean & OwnPair => rule.against !== undefined;

/** More than these are counted and not told. */
const NAMED = 4;

/** Of each rule what it is to a fixed mix of its mean; then those of which nothing holds the mean. */
export function ruleWords(study: Study, { rules }: StudyAnalysis): string[] {
  const pairs = rules.filter(isPair);
  const lacking = rules.filter((rule) => !isPair(rule));
  const family = pairs.length > 1 ? `; p over these ${pairs.length}` : "";
  const told = [...groupBy(pairs, ({ other }) => other)].map(
    ([other, own]) =>
      `Against ${labelOf(study, other)}, which holds ${own.length === 1 ? "its mean" : "their mean"} of ${meanText(own[0]!.mean)} fixed: ${pairsText(study, own)}.`,
  );
  const says = lacking.map(
    ({ cell, mean }) => `${labelOf(study, cell)}${mean ? ` (${meanText(mean)})` : ""}`,
  );
  return [
    ...(told.length === 0
      ? []
      : [`A rule counts if it beats what it had on average, held fixed${family}.`, ...told]),
    ...(says.length === 0
      ? []
      : [`No cell holds the mean of ${says.join(", ")}: whether moving helps there is not known.`]),
  ];
}

/** Another start has a control of its own. */
export function furtherWords(study: Study, { further }: StudyAnalysis): string[] {
  return [...groupBy(further, ({ other }) => other)].map(
    ([other, own]) => `Against ${labelOf(study, other)}: ${pairsText(study, own)}.`,
  );
}

function pairsText(study: Study, pairs: readonly OwnPair[]): string {
  const size = sizeOf(study, study.primary);
  const told = pairs.slice(0, NAMED).map(({ cell, against }) => {
    const p = against.adjusted === undefined ? "" : `, p ${pWords(against.adjusted)}`;
    const { more: _, ...verdict } = against.verdict;
    const says = verdict.kind === "undecided" ? "undecided" : verdictWords(verdict, size);
    return `${labelOf(study, cell)} ${changeWords(study.primary, against)}${p}, ${says}`;
  });
  const more =
    pairs.length > NAMED ? `; ${counted(pairs.length - NAMED, "more is", "more are")} not told here` : "";
  return `${told.join("; ")}${more}`;
}

/** "mono 33 %, cross 67 %"; of weights their shares: "weights mono 52 %, cross 48 %" */
export function meanText(mean: MeanCourse | undefined): string {
  if (!mean) return "–";
  return mean.weights ? `weights ${sharesText(mean.weights)}` : sharesText(mean.mix);
}

const sharesText = (shares: KindWeights): string =>
  BATCH_KINDS.filter((kind) => shares[kind] >= 0.005)
    .map((kind) => `${KIND_NAMES[kind].short.toLowerCase()} ${percent(Math.round(100 * shares[kind]) / 100)}`)
    .join(", ");
