// The loss of a batch of queries and passages by their vectors, and its gradient. Encodes nothing.
import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, runKernel } from "../engine/kernel.ts";
import { product, productInto } from "../engine/matmul.ts";
import { isSlice, rowsBetween, type Operand } from "../engine/operand.ts";
import { contrastive } from "../kernels/contrastive.ts";
import { distilScores, distilVectors } from "./teacher.ts";
import type { TrainBatch } from "./trainBatch.ts";

/** Of the vectors of a block of texts: losses to read back, and the gradient by the vectors. */
export type LossOf = (vectors: tf.Tensor) => { readonly losses: tf.Tensor; readonly dVectors: tf.Tensor };

/**
 * @param vectors (B + B * k, D), queries first
 * @returns also the cosines it was computed from, (B, B * k)
 */
export function pairLoss(
  batch: TrainBatch,
  vectors: tf.Tensor,
  temperature: number,
): ReturnType<LossOf> & { readonly cosines: tf.Tensor } {
  const rows = batch.queries.offsets.length - 1; // B
  const columns = rows * batch.k;
  const queries = rowsBetween(vectors, 0, rows);
  const passages = rowsBetween(vectors, rows, rows + columns);
  const { teacher } = batch;
  const cosines = product(queries, passages, false, true);
  const share = 1 - (teacher?.weight ?? 0);
  const { losses, dCosines } = runKernel(
    contrastive,
    {
      cosines,
      negatives: tf.tensor1d(Int32Array.from(batch.negatives), "int32"),
      rowWeights: tf.tensor1d(batch.rowWeights.map((weight) => share * weight)),
    },
    { losses: [teacher ? 2 * rows : rows], dCosines: [rows, columns] },
    { rows, columns, k: batch.k, temperature },
  );
  if (teacher?.kind === "scores") distilScores(teacher, { cosines, dCosines, losses });
  const dVectors = stackedProducts(dCosines, passages, queries);
  if (teacher && teacher.kind !== "scores") distilVectors(teacher, { vectors, dVectors, losses });
  return { losses, dVectors, cosines };
}

/** dCosines times passages above dCosines^T times queries: (B + B * k, D), in place where slices can be bound. */
function stackedProducts(dCosines: tf.Tensor, passages: Operand, queries: Operand): tf.Tensor {
  const [rows, columns] = dCosines.shape as [number, number];
  const all = emptyTensor([rows + columns, passages.shape[1]!]);
  const [above, below] = [rowsBetween(all, 0, rows), rowsBetween(all, rows, rows + columns)];
  if (!isSlice(above) || !isSlice(below)) {
    return tf.concat([product(dCosines, passages), product(dCosines, queries, true)], 0);
  }
  productInto(above, dCosines, passages);
  productInto(below, dCosines, queries, true);
  return all;
}
