// The loss of texts whose vectors should be given ones, and its gradient. Encodes nothing.
import * as tf from "@tensorflow/tfjs-core";
import type { TokenRows } from "../../core/data/corpus.ts";
import { copiedTensor, runKernel } from "../engine/kernel.ts";
import { product } from "../engine/matmul.ts";
import { contrastive } from "../kernels/contrastive.ts";
import { vectorDistillation } from "../kernels/distillation.ts";
import type { LossOf } from "./pairLoss.ts";

/** Texts and where each should point. Token ids are the model's own. */
export interface TargetBatch {
  readonly texts: TokenRows; // B
  readonly targets: Float32Array; // (B, D) unit vectors
  readonly concepts: Int32Array; // (B) texts of one concept are no negatives of each other
  readonly contrast: number; // >= 0, weight of the second part below
}

/** @throws RangeError naming what does not fit; `width` is the model's */
export function checkTargets(batch: TargetBatch, temperature: number, width: number): void {
  const rows = batch.texts.offsets.length - 1;
  const expect = (fits: boolean, what: string) => {
    if (!fits) throw new RangeError(`trainTowards: ${what}`);
  };
  expect(rows >= 1, "needs a text");
  const right = rows * width;
  expect(batch.targets.length === right, `targets must hold ${right} numbers, got ${batch.targets.length}`);
  expect(batch.concepts.length === rows, `concepts must hold ${rows} numbers, got ${batch.concepts.length}`);
  expect(batch.contrast >= 0, `contrast must be >= 0, got ${batch.contrast}`);
  expect(temperature > 0, `temperature must be > 0, got ${temperature}`);
}

/**
 * loss_i = 1 - cos(v_i, t_i) + contrast * InfoNCE of v_i against the targets of other concepts, t_i the right one. Losses are
 * (2 B): the second parts unweighted, then the first.
 */
export function targetLoss(
  { targets, concepts, contrast }: TargetBatch,
  vectors: tf.Tensor, // (B, D)
  temperature: number,
): ReturnType<LossOf> {
  const [rows, width] = vectors.shape as [number, number];
  const teacher = copiedTensor(targets, [rows, width]);
  const others = new Int32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) others[i * rows + j] = concepts[i] === concepts[j] ? 0 : 1;
  }
  const { losses, dCosines } = runKernel(
    contrastive,
    {
      cosines: product(vectors, teacher, false, true),
      negatives: tf.tensor1d(others, "int32"),
      rowWeights: tf.fill([rows], contrast),
    },
    { losses: [2 * rows], dCosines: [rows, rows] },
    { rows, columns: rows, k: 1, temperature },
  );
  const dVectors = product(dCosines, teacher);
  const numbers = { rows, k: 0, width, cosine: 1, weight: 1 }; // k = 0: queries alone
  runKernel(vectorDistillation, { vectors, teacher, dVectors, losses }, {}, numbers);
  return { losses, dVectors };
}
