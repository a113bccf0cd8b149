// A batch's losses per row as points: loss/<kind>, and the teacher's part as distillation/loss.
import { SpecError } from "../../core/inputError.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { Point } from "../../core/record/point.ts";

/** Mean loss (nats, unweighted) over the rows of each kind in the batch, at the step that the batch completes. */
export function lossPoints(batch: Batch, losses: Float32Array): Point[] {
  return BATCH_KINDS.flatMap((kind) => {
    const own = batch.rows.flatMap((row, i) => (row.kind === kind ? [losses[i]!] : []));
    if (own.length === 0) return [];
    const value = finiteMean(own, batch, kind);
    return [{ step: batch.step + 1, metric: `loss/${kind}`, value, kind }];
  });
}

/** Mean over all rows of the batch, unweighted. */
export function distillationPoint(batch: Batch, losses: Float32Array): Point {
  const value = finiteMean(Array.from(losses), batch, "distillation");
  return { step: batch.step + 1, metric: "distillation/loss", value };
}

function finiteMean(losses: readonly number[], batch: Batch, name: string): number {
  const value = losses.reduce((a, b) => a + b, 0) / losses.length;
  if (Number.isFinite(value)) return value;
  throw new SpecError(
    `training diverged at step ${batch.step + 1}: the ${name} loss is ${value}; try a lower optimizer.learningRate`,
  );
}
