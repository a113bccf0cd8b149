// What each way to move the mix or the loss weights goes by, and which fields it asks for: a data table. The rules
// themselves are in core/plan/rules; what people read of them in fields.ts and docs/rules.md.
import { BATCH_KINDS, type BatchKind } from "./batchKind.ts";
import type { ExperimentSpec, SpecPath } from "./spec.ts";

export type Schedule = ExperimentSpec["batch"]["schedule"];
export type Weighting = ExperimentSpec["loss"]["weighting"];

export interface RuleFacts {
  /** What it goes by: the step alone, so that the whole run is known before it; or what training measures on its way. */
  readonly observes: "nothing" | "losses" | "gradients" | "dev";
  /** Fields beside the mix or the weights that it starts from; of them `needs` cannot be left at their defaults. */
  readonly asks: readonly SpecPath[];
  readonly needs?: "batch.curve" | "loss.curve" | "rule.reference" | "rule.transfer";
}

const OPEN = { observes: "nothing" } as const;
const MIX = ["rule.every", "rule.rate", "rule.floor"] as const;
const REFERENCE = { needs: "rule.reference", asks: ["rule.reference", "rule.referenceRun"] } as const;

export const MIX_RULES: Readonly<Record<Schedule, RuleFacts>> = {
  constant: { ...OPEN, asks: [] },
  linear: { ...OPEN, asks: ["batch.ratioEnd"] },
  cosine: { ...OPEN, asks: ["batch.ratioEnd"] },
  step: { ...OPEN, asks: ["batch.ratioEnd"] },
  competence: { ...OPEN, asks: ["batch.ratioEnd"] },
  drawn: { ...OPEN, needs: "batch.curve", asks: ["batch.curve"] },
  exp3: { observes: "losses", asks: MIX },
  ado: { observes: "losses", asks: ["rule.every", "rule.floor"] },
  doremi: { ...REFERENCE, observes: "losses", asks: [...REFERENCE.asks, ...MIX] },
  tdro: { ...REFERENCE, observes: "losses", asks: [...REFERENCE.asks, ...MIX] },
  skillIt: { observes: "losses", needs: "rule.transfer", asks: ["rule.transfer", ...MIX] },
  devGap: { ...REFERENCE, observes: "dev", asks: [...REFERENCE.asks, "rule.rate", "rule.floor"] },
  random: { ...OPEN, asks: ["rule.every", "rule.temperature", "rule.floor"] },
};

export const WEIGHT_RULES: Readonly<Record<Weighting, RuleFacts>> = {
  constant: { ...OPEN, asks: [] },
  dwa: { observes: "losses", asks: ["rule.every", "rule.temperature"] },
  uncertainty: { observes: "losses", asks: ["rule.every", "rule.rate"] },
  gradNorm: { observes: "gradients", asks: ["rule.every", "rule.rate"] },
  doremi: { ...REFERENCE, observes: "losses", asks: [...REFERENCE.asks, "rule.every", "rule.rate"] },
  tdro: { ...REFERENCE, observes: "losses", asks: [...REFERENCE.asks, "rule.every", "rule.rate"] },
  drawn: { ...OPEN, needs: "loss.curve", asks: ["loss.curve"] },
  random: { ...OPEN, asks: ["rule.every", "rule.temperature"] },
};

type Ruled = Pick<ExperimentSpec, "batch" | "loss">;

export const mixRule = ({ batch }: Pick<ExperimentSpec, "batch">): RuleFacts => MIX_RULES[batch.schedule];
export const weightRule = ({ loss }: Pick<ExperimentSpec, "loss">): RuleFacts => WEIGHT_RULES[loss.weighting];

/** Whether some decision waits for what training measures, so that nobody knows the run before it. */
export const decides = (spec: Ruled): boolean =>
  mixRule(spec).observes !== "nothing" || weightRule(spec).observes !== "nothing";

/** Fields that some rule has, and that say nothing while no chosen one asks for them. */
const ASKED = new Set(
  [...Object.values(MIX_RULES), ...Object.values(WEIGHT_RULES)].flatMap(({ asks }) => asks),
);

/** Whether the field says something in this spec. */
export const isAsked = (spec: Ruled, path: SpecPath): boolean =>
  !ASKED.has(path) || [mixRule(spec), weightRule(spec)].some(({ asks }) => asks.includes(path));

/** Kinds that some step of the run may draw, in the order of BATCH_KINDS. */
export function usedKinds({ batch }: Pick<ExperimentSpec, "batch">): BatchKind[] {
  const { ratio, ratioEnd, schedule, curve } = batch;
  const { needs, asks } = MIX_RULES[schedule];
  const mixes = needs === "batch.curve" ? curve.map(({ weights }) => weights) : [ratio];
  if (asks.includes("batch.ratioEnd")) mixes.push(ratioEnd);
  return BATCH_KINDS.filter((kind) => mixes.some((mix) => mix[kind] > 0));
}
