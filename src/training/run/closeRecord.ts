// Closes what a run produced into a run record with its digest.
import { AGE } from "../../core/age.ts";
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import { ownTrajectory } from "../../core/spec/decision.ts";
import { digestOf } from "../../core/record/digest.ts";
import { RUN_SCHEMA, type Environment, type RunRecord } from "../../core/record/runRecord.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { roundCount } from "./runCounts.ts";
import type { RunState } from "../../core/record/runState.ts";

/** @param stoppedAt steps done, of a run that was stopped before its end */
export function closeRecord(
  spec: ExperimentSpec,
  { points, counts, trajectory: decided }: Pick<RunState, "points" | "counts" | "trajectory">,
  final: EvalResult,
  environment: Environment,
  {
    parent,
    stoppedAt,
  }: { readonly parent?: Parent | undefined; readonly stoppedAt?: number | undefined } = {},
): RunRecord {
  const realised = Object.fromEntries(
    Object.entries(counts.realised).map(([key, n]) => [key, roundCount(n)]),
  );
  const trajectory = ownTrajectory(decided, parent?.step ?? 0);
  const open = {
    schema: RUN_SCHEMA,
    format: AGE,
    spec,
    ...(parent && { parent }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    ...(trajectory.length > 0 && { trajectory }),
    environment,
    points: [...points],
    realised,
    final,
  } as const;
  return { ...open, digest: digestOf(open) };
}
