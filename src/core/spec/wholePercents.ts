// A mix as people and links write it. Pure.
import { wholeParts } from "../percent.ts";
import { BATCH_KINDS, eachKind, type Ratio } from "./batchKind.ts";

/** Whole per cent that sum to 100; ties go to the earlier kind. */
export function wholePercents(ratio: Ratio): Ratio {
  const percents = wholeParts(
    BATCH_KINDS.map((kind) => ratio[kind]),
    100,
  );
  return eachKind((kind) => percents[BATCH_KINDS.indexOf(kind)]!);
}

/** The mix of them: shares of which each is whole per cent. */
export function inPercent(ratio: Ratio): Ratio {
  const percents = wholePercents(ratio);
  return eachKind((kind) => percents[kind] / 100);
}
