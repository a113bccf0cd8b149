// When a rule decides while a run trains, what it is told, and what becomes of its answer. Pure: what it needs is in the run's
// state, so a run that goes on decides as it would have.
import type { Counts, RunState } from "../../core/record/runState.ts";
import type { Point } from "../../core/record/point.ts";
import type { Observed, RuleSetting } from "../../core/rules/rule.ts";
import type { RuleStates } from "../../core/rules/ruleStates.ts";
import { DECIDING } from "../../core/rules/ruleTable.ts";
import { scaled, withFloor } from "../../core/rules/shares.ts";
import { eachKind, kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";
import { mixRule, usedKinds, weightRule } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec, KindWeights } from "../../core/spec/spec.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import { withDecision, type Decision, type Trajectory } from "../../core/spec/decision.ts";
import { timesShares } from "../../core/plan/weightsAt.ts";

type Moved = "mix" | "weights";

const ruleOf = (spec: ExperimentSpec, moved: Moved) =>
  DECIDING[moved === "mix" ? spec.batch.schedule : spec.loss.weighting];
const factsOf = (spec: ExperimentSpec, moved: Moved) => (moved === "mix" ? mixRule : weightRule)(spec);

function settingOf(spec: ExperimentSpec, moved: Moved): RuleSetting {
  const kinds = usedKinds(spec);
  const start = moved === "mix" ? spec.batch.ratio : scaled(kinds, () => 1);
  return { ...spec.rule, kinds, start };
}

/**
 * @param step batches trained before the spec's own first one
 * @param given decisions that are followed: what they are about, no rule decides
 * @returns undefined where no rule decides
 */
export function beginRules(
  spec: ExperimentSpec,
  step: number,
  given: Trajectory = [],
): RuleStates | undefined {
  const begin = (moved: Moved) => {
    if (given.some((one) => one[moved === "mix" ? "ratio" : "weights"])) return {};
    const state = ruleOf(spec, moved)?.init(settingOf(spec, moved));
    return state === undefined ? {} : { [moved]: { decidedAt: step, state } };
  };
  const rules = { ...begin("mix"), ...begin("weights") };
  return Object.keys(rules).length > 0 ? { ...rules, gradients: {} } : undefined;
}

/** Whether a decision is due at a step, after the evaluation that may be due there too. */
function isDue(spec: ExperimentSpec, moved: Moved, step: number): boolean {
  const atEvaluations = factsOf(spec, moved).observes === "dev" || spec.rule.every === 0;
  const every = atEvaluations ? spec.evalEvery : spec.rule.every;
  return every > 0 && step % every === 0;
}

/** Whether some rule waits for losses up to the present step. */
export const awaitsLosses = (spec: ExperimentSpec, { step, rules }: RunState): boolean =>
  (["mix", "weights"] as const).some(
    (moved) => rules?.[moved] && rules[moved].decidedAt < step && isDue(spec, moved, step),
  );

/**
 * Lets the rules decide that are due, each once a step: their states move on, and what they decide joins the trajectory.
 * @param state with every loss up to its step among its points
 * @param from the first batch that is not drawn yet
 * @param since the step at which this spec began to hold
 */
export function decide(spec: ExperimentSpec, state: RunState, from: number, since: number): void {
  const { rules, step } = state;
  if (!rules || from >= spec.steps) return; // no batch would follow it
  let decision: Decision = { step: from };
  for (const moved of ["mix", "weights"] as const) {
    const progress = rules[moved];
    const rule = ruleOf(spec, moved);
    if (!progress || !rule || progress.decidedAt >= step || !isDue(spec, moved, step)) continue;
    const setting = settingOf(spec, moved);
    const [shares, next] = rule.next(
      progress.state,
      observe(spec, state, progress.decidedAt, since),
      setting,
    );
    rules[moved] = { decidedAt: step, state: next };
    decision =
      moved === "mix"
        ? { ...decision, ratio: rounded(withFloor(setting.kinds, shares, spec.rule.floor)) }
        : { ...decision, weights: rounded(timesShares(spec, shares)) };
  }
  if (!decision.ratio && !decision.weights) return;
  state.trajectory.splice(0, state.trajectory.length, ...withDecision(state.trajectory, decision));
}

/** Six digits, as a spec has them: what engines compute otherwise beyond is no other decision. */
const rounded = (weights: KindWeights): KindWeights =>
  eachKind((kind) => Math.round(weights[kind] * 1e6) / 1e6);

function observe(spec: ExperimentSpec, state: RunState, after: number, since: number): Observed {
  const { points, step, counts, trajectory, rules } = state;
  const losses: Partial<Record<BatchKind, number[]>> = {};
  for (const { kind, value } of newLosses(points, after)) (losses[kind] ??= []).push(value);
  const dev: Partial<Record<BatchKind, number>> = {};
  for (const kind of usedKinds(spec)) {
    const found = points.findLast(
      ({ metric, lang }) => metric === kindFacts(kind).measure && lang === undefined,
    );
    if (found) dev[kind] = found.value;
  }
  return {
    losses,
    trained: eachKind((kind) => countOf(counts.realised, kind)),
    share: followTrajectory(trajectory)(spec, step, since),
    dev,
    gradients: rules?.gradients ?? {},
  };
}

const countOf = (counts: Counts, kind: BatchKind) => (Object.hasOwn(counts, kind) ? counts[kind]! : 0);

/** Loss points of batches after a step, oldest first. Points are told in order, so the search ends at that step. */
function newLosses(points: readonly Point[], after: number): { kind: BatchKind; value: number }[] {
  const found = [];
  for (let i = points.length - 1; i >= 0 && points[i]!.step > after; i--) {
    const { metric, kind, value } = points[i]!;
    if (kind && metric === `loss/${kind}`) found.push({ kind, value });
  }
  return found.reverse();
}
