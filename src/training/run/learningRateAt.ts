// The learning rate of one step: warm-up, then constant or falling to zero.
import type { ExperimentSpec } from "../../core/spec/spec.ts";

/** lr(t) = lr * min(1, (t+1)/warmup) * d(t), d = 1 | 1 - s | (1 + cos(pi s))/2, s = share of the steps after warm-up. */
export function learningRateAt(spec: ExperimentSpec, step: number): number {
  const { learningRate, warmup, schedule } = spec.optimizer;
  if (step < warmup) return (learningRate * (step + 1)) / warmup;
  if (schedule === "constant") return learningRate;
  const s = (step - warmup) / Math.max(1, spec.steps - warmup);
  return learningRate * (schedule === "linear" ? 1 - s : (1 + Math.cos(Math.PI * s)) / 2);
}
