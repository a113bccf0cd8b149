// What a verdict is made from: a finished run, what stands beside it, and which differences are known. Judges nothing.
import { metricAt, type MetricPath } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import { counted } from "../counted.ts";
import type { SeededRun } from "../series/seedGroups.ts";
import { evalLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { Differences } from "../stats/compareQueries.ts";
import type { Standing } from "./nextStep.ts";

export interface Evidence<R extends SeededRun> extends Standing<R> {
  readonly step: number; // that it was trained to
  /** Since before training, over questions; or why there are none. */
  readonly changes: Differences | "unpaired" | "notKept" | "pending";
  /** This run minus another one, over questions; undefined where that cannot be had. */
  readonly minus: (other: R) => Differences | "pending" | undefined;
}

/** Answers in other languages are what a mix is for; with one language there are only those in the same. */
export type Quality = "map/cross" | "map/mono";

/** Where answers are looked for, inside of a sentence. */
export function placeOf(quality: Quality, spec: ExperimentSpec): string {
  if (quality === "map/mono") return "in the same language";
  return evalLanguages(spec).length === 2 ? "in the other language" : "in other languages";
}

/** ".203", "31.2 %" */
export const valueText = (path: MetricPath, value: number): string => cellText(metricAt(path), value);

/** The smallest difference that matters: ".005", "1 point" */
export const limitText = (path: MetricPath, matters: number): string =>
  metricAt(path).scale === "share" ? counted(100 * matters, "point") : valueText(path, matters);
