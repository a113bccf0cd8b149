// What rules had on average, in words, and those whose mean no cell holds.
import { percents } from "../../percent.ts";
import { BATCH_KINDS, kindFacts } from "../../spec/batchKind.ts";
import type { KindWeights } from "../../spec/spec.ts";
import type { StudyAnalysis } from "../analysis/studyAnalysis.ts";
import type { MeanCourse } from "../analysis/movingCells.ts";
import type { Study } from "../study.ts";
import { labelOf } from "./cellWords.ts";

/** Rules that are held against no mean of theirs; undefined without any. */
export function unheldWords(study: Study, { rules }: StudyAnalysis): string | undefined {
  const told = rules
    .filter(({ other }) => other === undefined)
    .map(({ cell, mean }) => `${labelOf(study, cell)}${mean ? ` (${meanText(mean)})` : ""}`);
  return told.length === 0
    ? undefined
    : `No cell holds the mean of ${told.join(", ")}: whether moving helps there is not known.`;
}

/** "mono 33 %, cross 67 %"; of weights their shares: "weights mono 52 %, cross 48 %" */
function meanText(mean: MeanCourse): string {
  return mean.weights ? `weights ${sharesText(mean.weights)}` : sharesText(mean.mix);
}

function sharesText(shares: KindWeights): string {
  const told = percents(
    BATCH_KINDS.map((kind) => shares[kind]),
    0,
  );
  return BATCH_KINDS.flatMap((kind, i) =>
    shares[kind] >= 0.005 ? [`${kindFacts(kind).short.toLowerCase()} ${told[i]!}`] : [],
  ).join(", ");
}
