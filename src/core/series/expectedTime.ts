// About how long a run takes, from its lengths and from speeds measured before. Measures nothing.
import type { Speeds } from "../encoders/encoderInfo.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { EvalSize } from "./evalSize.ts";

/** Seconds of training and of all evaluations, the one before training among them; without loading. */
export function expectedSeconds(spec: ExperimentSpec, size: EvalSize, { pairs, texts }: Speeds): number {
  const { steps, evalEvery } = spec;
  const live = evalEvery === 0 ? 0 : Math.ceil(steps / evalEvery) - 1; // between the first and the last
  const asked = 2 * (size.queries + size.pool) + live * (size.live + size.pool);
  return (steps * spec.batch.size) / pairs + asked / texts;
}
