// What is asked of the mix and of the loss weights as points, where something moves them: beside ratio/<kind>, what was drawn.
import type { Point } from "../../core/record/point.ts";
import type { RunState } from "../../core/record/runState.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { mixRule, usedKinds, weightRule, type Schedule } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec, KindWeights } from "../../core/spec/spec.ts";
import { followTrajectory, followWeights } from "../../core/plan/trajectory.ts";
import type { Decision } from "../../core/spec/decision.ts";

/** Schedules of labs before there were rules: their runs have no such points, and keep their digests. */
const UNTOLD: readonly Schedule[] = ["constant", "linear", "cosine", "step"];
const EVERY = 10; // steps, of a mix that moves all the time

/**
 * mix/<kind> and weight/<kind> of the batch that follows on `state.step`: where the run begins, where a decision comes into
 * force, and now and then of what moves by the step alone. Empty elsewhere, after the last step, and for what does not move.
 * @param since the step at which this spec began to hold
 */
export function movePoints(spec: ExperimentSpec, state: RunState, since: number): Point[] {
  const { step, trajectory } = state;
  if (step >= spec.steps) return [];
  const own = trajectory.filter((one) => one.step >= since && one.step <= step);
  const isTold = (what: "ratio" | "weights", moves: boolean, byStep: boolean): boolean => {
    if (own.some((one) => one.step === step && one[what])) return true;
    const decided = own.some((one) => one[what]);
    return moves && (step === since || (byStep && !decided && step % (spec.rule.every || EVERY) === 0));
  };
  const told: Point[] = [];
  const tell = (metric: string, weights: KindWeights, kinds: readonly string[]) => {
    for (const kind of BATCH_KINDS) {
      if (kinds.includes(kind)) told.push({ step, metric: `${metric}/${kind}`, value: weights[kind] });
    }
  };
  if (isTold("ratio", !UNTOLD.includes(spec.batch.schedule), mixRule(spec).observes === "nothing")) {
    const ratio = followTrajectory(trajectory)(spec, step, since);
    tell("mix", ratio, movedKinds(spec, own));
  }
  if (isTold("weights", spec.loss.weighting !== "constant", weightRule(spec).observes === "nothing")) {
    tell("weight", followWeights(trajectory)(spec, step, since), movedKinds(spec, own));
  }
  return told;
}

/** Kinds that some batch may have had so far: a hand may have asked for others than the spec. */
export const movedKinds = (spec: ExperimentSpec, decisions: readonly Decision[]) =>
  BATCH_KINDS.filter(
    (kind) => usedKinds(spec).includes(kind) || decisions.some(({ ratio }) => ratio && ratio[kind] > 0),
  );
