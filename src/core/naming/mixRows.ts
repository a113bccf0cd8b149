// A run's mix of batch kinds as rows of shares, from its first step to its last. Draws nothing.
import { ratioAt } from "../plan/ratioAt.ts";
import type { Ratio } from "../spec/batchKind.ts";
import { mixRule } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

const MOVING = 6; // rows of a mix that moves

/**
 * One row of a mix that stays, two of one that steps, else six that go from where it starts to where it arrives. Of a rule
 * that decides while training the mix that it starts from.
 */
export function mixRows(spec: ExperimentSpec): readonly Ratio[] {
  const { ratio, ratioEnd, schedule } = spec.batch;
  if (schedule === "constant" || mixRule(spec).observes !== "nothing") return [ratio];
  if (schedule === "step") return [ratio, ratioEnd];
  const last = Math.max(1, spec.steps - 1);
  return Array.from({ length: MOVING }, (_, i) => ratioAt(spec, (last * i) / (MOVING - 1)));
}
