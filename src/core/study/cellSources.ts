// What a cell's run takes from runs of other cells of the same seed: a control its rule's way, a rule its reference numbers. Reads
// records; trains nothing.
import { SpecError } from "../inputError.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { appendPoints, NO_POINTS } from "../record/pointColumns.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { eachKind } from "../spec/batchKind.ts";
import { mixRule } from "../spec/ruleFacts.ts";
import { equalAt } from "../spec/specChecks.ts";
import { readPath, withChanges, type ExperimentSpec, type SpecChanges, type SpecPath } from "../spec/spec.ts";
import { controlOutline, ruleControls } from "./ruleControls.ts";
import { referenceOf } from "./referenceOf.ts";
import { runKey, type Cell, type MadeControl, type Study, type StudyRun } from "./study.ts";

/** Fields that other runs may say. */
const FED_PATHS: readonly SpecPath[] = [
  "batch.schedule",
  "batch.ratio",
  "batch.curve",
  "loss.weighting",
  "loss.weights",
  "loss.curve",
  "rule.reference",
  "rule.referenceRun",
];

const CONTROLS = { mean: "fixed-mean", reversed: "reversed" } as const;

/** Names of the cells whose runs must have ended before a run of this cell begins. */
export const sourcesOf = ({ controlOf, reference = {} }: Cell): string[] => [
  ...new Set([...(controlOf === undefined ? [] : [controlOf]), ...Object.values(reference)]),
];

/** Keys of the runs that a run waits for. */
export function sourceKeys({ cells }: Pick<Study, "cells">, key: string): string[] {
  const dot = key.lastIndexOf(".");
  const cell = cells.find(({ name }) => name === key.slice(0, dot));
  return cell ? sourcesOf(cell).map((name) => name + key.slice(dot)) : [];
}

/** What a control is before its rule has run; of what it walks, only that it stays or moves. */
export const outlined = (rule: ExperimentSpec, made: MadeControl): ExperimentSpec =>
  withChanges(rule, controlOutline(rule, CONTROLS[made]));

/** The same of a rule whose reference numbers are still to come. */
export const referenceOutline = (reference: NonNullable<Cell["reference"]>): SpecChanges => {
  return { "rule.reference": eachKind((kind) => (reference[kind] === undefined ? 0 : 1)) };
};

/**
 * The run with the whole of its spec.
 * @param read the record of a run that it waits for
 * @throws SpecError naming the run that has none
 */
export async function fedRun(
  { cell, seed, spec, fedBy }: StudyRun,
  read: (source: StudyRun) => Promise<RunRecord | undefined>,
): Promise<StudyRun> {
  if (!fedBy) return { cell, seed, spec };
  const records = new Map<string, RunRecord>();
  for (const source of fedBy.runs) {
    const record = await read(source);
    if (!record) throw new SpecError(lackingWords(runKey(source)));
    records.set(source.cell, record);
  }
  const { controlOf, made, reference } = fedBy.cell;
  if (controlOf === undefined) {
    return { cell, seed, spec: withChanges(spec, referenceNumbers(spec, reference!, records)) };
  }
  const { spec: rule, trajectory } = records.get(controlOf)!;
  const control = ruleControls({ spec: rule, trajectory }).find(({ name }) => name === CONTROLS[made!])!;
  return { cell, seed, spec: withChanges(rule, control.changes) };
}

/** Why a run cannot be trained. @param key of the run that it waits for */
export const lackingWords = (key: string): string => `It is made from the run ${key}, which has no record`;

function referenceNumbers(
  spec: ExperimentSpec,
  reference: NonNullable<Cell["reference"]>,
  records: ReadonlyMap<string, RunRecord>,
): SpecChanges {
  const isDev = mixRule(spec).observes === "dev";
  const numbers = eachKind((kind) => {
    const record = records.get(reference[kind] ?? "");
    if (!record) return 0;
    const { spec: own, points } = record;
    const run = { spec: own, step: stepsDone(record), points: appendPoints(NO_POINTS, points) };
    return referenceOf(run, isDev)[kind] ?? 0;
  });
  const [only, ...others] = [...records.values()];
  const referenceRun = others.length > 0 ? "none" : only!.digest.slice(0, 16);
  return { "rule.reference": numbers, "rule.referenceRun": referenceRun };
}

/** The fields of a trained spec that its sources said; none of a run that waits for nobody. */
export function fedChanges({ spec, fedBy }: Pick<StudyRun, "spec" | "fedBy">, trained: ExperimentSpec) {
  const said = FED_PATHS.filter((path) => fedBy && !equalAt(path, spec, trained));
  return Object.fromEntries(said.map((path) => [path, readPath(trained, path)])) as SpecChanges;
}
