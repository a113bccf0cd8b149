// What a hand decided while a run trained, as one value of a link and back: "57,64:35,40:65,60", steps and per cent of each kind.
import { eachKind } from "./batchKind.ts";
import type { Trajectory } from "./decision.ts";
import { formatKindRows, parseKindRows } from "./kindRows.ts";
import { mixRule, weightRule } from "./ruleFacts.ts";
import type { ExperimentSpec, KindWeights } from "./spec.ts";

/** Decisions by hand that a run may hold, so that its link holds them too. */
export const MAX_DRIVE = 200;

const scaledBy = (factor: number, weights: KindWeights): KindWeights =>
  eachKind((kind) => Math.round(weights[kind] * factor * 1e6) / 1e6);

/** What a hand decided of a run: decisions about a mix that no rule moves. */
export const handDrive = (spec: Pick<ExperimentSpec, "batch">, trajectory: Trajectory = []): Trajectory =>
  mixRule(spec).observes === "nothing"
    ? trajectory.flatMap(({ step, ratio }) => (ratio ? [{ step, ratio }] : []))
    : [];

/** Whether a link holds all that was decided: what a hand did, but nothing of a rule, be it that it left all as it was. */
export const linkHolds = (spec: ExperimentSpec, trajectory: Trajectory = []): boolean =>
  [mixRule(spec), weightRule(spec)].every(({ observes }) => observes === "nothing") &&
  handDrive(spec, trajectory).length === trajectory.length;

/** @param drive as `handDrive` gives it */
export const formatDrive = (drive: Trajectory): string =>
  formatKindRows(drive.map(({ step, ratio }) => ({ at: step, weights: scaledBy(100, ratio!) })));

/**
 * @param steps of the run
 * @returns undefined where it is not as `formatDrive` writes it
 */
export function parseDrive(text: string, steps: number): Trajectory | undefined {
  const rows = parseKindRows(text);
  if (!rows || rows.length > 2 * MAX_DRIVE) return undefined;
  const fits = rows.every(({ at, weights }, i) => {
    const shares = Object.values(weights);
    const sum = shares.reduce((a, b) => a + b, 0);
    const rises = Number.isInteger(at) && at >= 0 && at < steps && (i === 0 || at > rows[i - 1]!.at);
    return rises && shares.every((share) => share >= 0) && Math.abs(sum - 100) < 1e-3;
  });
  return fits ? rows.map(({ at, weights }) => ({ step: at, ratio: scaledBy(0.01, weights) })) : undefined;
}
