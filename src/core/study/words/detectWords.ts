// What difference a study would find, said before it begins. The planner is core/study/stats/planner.ts.
import { counted } from "../../counted.ts";
import { detectableEffect } from "../stats/planner.ts";
import type { Study } from "../study.ts";
import { metricName, sizeWords } from "./studyNumbers.ts";

/** SD of the paired difference over seeds in earlier runs of like kind (STUDIES 3); other measures have none yet. */
const USUAL_SCATTER: Readonly<Record<string, number>> = {
  "map/mono": 0.005,
  "map/cross": 0.003,
  "map/multi": 0.002,
};

type Planned = Pick<Study, "primary" | "seeds" | "cells">;

/** "It would find a difference of about .004 in Cr mAP, four times out of five, if seeds scatter as usual." */
export function detectWords(study: Planned): string {
  const text = detectText(study);
  return detectableEffect(study.seeds.length, study.cells.length - 1) === undefined
    ? `${text}.`
    : `It would find ${text}.`;
}

/** What it would find, four times out of five; or that its seeds are too few to test. A part of a sentence. */
export function detectText({ primary, seeds, cells }: Planned): string {
  const name = metricName(primary);
  const effect = detectableEffect(seeds.length, cells.length - 1);
  if (effect === undefined) {
    const are = seeds.length === 1 ? "is" : "are";
    return `${counted(seeds.length, "seed")} ${are} a look, too few to test ${name}: take 8 to 10 for a claim`;
  }
  const scatter = USUAL_SCATTER[primary];
  return scatter === undefined
    ? `a difference of ${effect.toFixed(1)} times the scatter between seeds in ${name}, four times out of five`
    : `a difference of about ${sizeWords(primary, effect * scatter)} in ${name}, four times out of five, if seeds scatter as usual`;
}
