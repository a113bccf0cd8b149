// The controls of a run whose mix or weights moved, made from its own trajectory: what any rule must beat. Trains nothing.
import { followTrajectory, followWeights } from "../plan/trajectory.ts";
import { BATCH_KINDS, eachKind } from "../spec/batchKind.ts";
import { MAX_CURVE_POINTS } from "../spec/checkValue.ts";
import type { Trajectory } from "../spec/decision.ts";
import { mixRule } from "../spec/ruleFacts.ts";
import type { Curve, ExperimentSpec, KindWeights, SpecChanges } from "../spec/spec.ts";

export interface RuleControl {
  readonly name: "fixed-mean" | "reversed" | "random";
  readonly label: string;
  readonly changes: SpecChanges;
}

interface MovedRun {
  readonly spec: ExperimentSpec;
  readonly trajectory?: Trajectory | undefined; // of a record, or of a hand
  readonly from?: number; // its first own step, of a branch
}

/** Whether anything but the step moved the mix, so that it has controls; a mix along a given curve has them, too. */
const moved = ({ spec, trajectory = [] }: MovedRun) => ({
  mix: spec.batch.schedule !== "constant" || trajectory.some(({ ratio }) => ratio),
  weights: spec.loss.weighting !== "constant" || trajectory.some(({ weights }) => weights),
});

/** Whether it has controls. */
export const hasControls = (spec: ExperimentSpec): boolean => Object.values(moved({ spec })).includes(true);

/** Which of mix and weights a control of a run to come sets, and whether these move; what it sets them to stands as the rule begins. */
export function controlOutline(spec: ExperimentSpec, name: "fixed-mean" | "reversed"): SpecChanges {
  const { mix, weights } = moved({ spec });
  const ends = mixRule(spec).asks.includes("batch.ratioEnd") ? [spec.batch.ratioEnd] : [];
  const curve = [spec.batch.ratio, ...ends].map((weights, at) => ({ at, weights }));
  const isFixed = name === "fixed-mean";
  return {
    ...(mix &&
      (isFixed ? { "batch.schedule": "constant" } : { "batch.schedule": "drawn", "batch.curve": curve })),
    ...(weights &&
      (isFixed
        ? { "loss.weighting": "constant" }
        : { "loss.weighting": "drawn", "loss.curve": [{ at: 0, weights: spec.loss.weights }] })),
  };
}

/**
 * The same mean held fixed, the same way walked backwards, and a random one: each asks for what the run asked for, in another
 * order or in none. The tuned constant is no part of the trajectory: a sweep finds it. Empty where nothing moved.
 */
export function ruleControls(run: MovedRun): readonly RuleControl[] {
  const { spec, trajectory = [], from = 0 } = run;
  const { mix, weights } = moved(run);
  if (!mix && !weights) return [];
  const steps = Array.from({ length: spec.steps - from }, (_, i) => from + i);
  const ratios = steps.map((step) => followTrajectory(trajectory)(spec, step, from));
  const factors = steps.map((step) => followWeights(trajectory)(spec, step, from));
  const changed = (ofMix: SpecChanges, ofWeights: SpecChanges): SpecChanges => {
    return { ...(mix && ofMix), ...(weights && ofWeights) };
  };
  const isRandom = (mix ? spec.batch.schedule : spec.loss.weighting) === "random";
  const controls: RuleControl[] = [
    {
      name: "fixed-mean",
      label: "its mean, held fixed",
      changes: changed(
        { "batch.schedule": "constant", "batch.ratio": meanOf(ratios) },
        { "loss.weighting": "constant", "loss.weights": meanOf(factors) },
      ),
    },
    {
      name: "reversed",
      label: "backwards",
      changes: changed(
        { "batch.schedule": "drawn", "batch.curve": curveOf([...ratios].reverse(), steps, spec) },
        { "loss.weighting": "drawn", "loss.curve": curveOf([...factors].reverse(), steps, spec) },
      ),
    },
  ];
  if (isRandom) return controls;
  const start = mixRule(spec).needs === "batch.curve" ? { "batch.ratio": meanOf(ratios) } : {}; // the kinds to draw among
  const random = changed({ "batch.schedule": "random", ...start }, { "loss.weighting": "random" });
  const every = spec.rule.every === 0 ? { "rule.every": 10 } : {};
  return [...controls, { name: "random", label: "random", changes: { ...random, ...every } }];
}

const round = (x: number) => Math.round(x * 1e6) / 1e6;

function meanOf(all: readonly KindWeights[]): KindWeights {
  return eachKind((kind) => round(all.reduce((sum, weights) => sum + weights[kind], 0) / all.length));
}

/** Points where the way bends; where they are too many for a curve, every so many of them. */
function curveOf(all: readonly KindWeights[], steps: readonly number[], { steps: n }: ExperimentSpec): Curve {
  const bends = all.flatMap((now, i) => {
    const [before, after] = [all[i - 1], all[i + 1]];
    const straight = (kind: (typeof BATCH_KINDS)[number]) =>
      before && after && Math.abs(before[kind] + after[kind] - 2 * now[kind]) < 1e-9;
    return BATCH_KINDS.every(straight) ? [] : [i];
  });
  const every = Math.ceil(bends.length / (MAX_CURVE_POINTS - 1));
  const kept = bends.filter((_, i) => i % every === 0 || i === bends.length - 1);
  return kept.map((i) => ({
    at: round(steps[i]! / Math.max(1, n - 1)),
    weights: eachKind((kind) => round(all[i]![kind])),
  }));
}
