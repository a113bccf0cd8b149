// A batch's losses per row as loss/<kind> points.
import { BATCH_KINDS, type Batch } from "../../core/plan/batch.ts";
import type { Point } from "../../core/record/point.ts";

/** Mean loss (nats, unweighted) over the rows of each kind in the batch, at the step that the batch completes. */
export function lossPoints(batch: Batch, losses: Float32Array): Point[] {
  return BATCH_KINDS.flatMap((kind) => {
    const own = batch.rows.flatMap((row, i) => (row.kind === kind ? [losses[i]!] : []));
    if (own.length === 0) return [];
    const value = own.reduce((a, b) => a + b, 0) / own.length;
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `training diverged at step ${batch.step + 1}: the ${kind} loss is ${value}; try a lower optimizer.learningRate`,
      );
    }
    return [{ step: batch.step + 1, metric: `loss/${kind}`, value, kind }];
  });
}
