// A teacher's part in one training step: what is given, what makes it fit, and the launches it costs (one for vectors,
// two for scores). Never encodes anything: the teacher's vectors come ready.
import * as tf from "@tensorflow/tfjs-core";
import { copiedTensor, runKernel } from "../engine/kernel.ts";
import { product } from "../engine/matmul.ts";
import { scoreDistillation, vectorDistillation } from "../kernels/distillation.ts";

export type DistillationKind = "mse" | "cosine" | "scores";

/** Teacher vectors of one batch. mse and cosine compare vectors, so need the student's width; scores take any. */
export interface TeacherBatch {
  readonly kind: DistillationKind;
  readonly weight: number; // in [0, 1]: the step's loss is (1 - weight) * contrastive + weight * distillation
  readonly queries: Float32Array; // (B, width)
  readonly passages: Float32Array; // (B * k, width), ordered as the batch's passages
  readonly width: number;
  readonly temperature: number; // > 0, of the softmax over score rows; not used by mse and cosine
  readonly factor?: number; // of the score rows' KL; temperature^2 (Hinton et al. 2015) where left out
}

/** @throws RangeError naming what does not fit a batch of `rows` queries and `columns` passages */
export function checkTeacher(
  teacher: TeacherBatch,
  rows: number,
  columns: number,
  studentWidth: number,
): void {
  const { kind, weight, queries, passages, width, temperature } = teacher;
  const expect = (fits: boolean, what: string) => {
    if (!fits) throw new RangeError(`trainStep: teacher.${what}`);
  };
  expect(weight >= 0 && weight <= 1, `weight must be in [0, 1], got ${weight}`);
  const vectors = kind !== "scores";
  expect(!vectors || width === studentWidth, `width must be ${studentWidth} for ${kind}, got ${width}`);
  expect(Number.isInteger(width) && width > 0, `width must be an integer >= 1, got ${width}`);
  expect(
    queries.length === rows * width,
    `queries must hold ${rows} * ${width} numbers, got ${queries.length}`,
  );
  expect(
    passages.length === columns * width,
    `passages must hold ${columns} * ${width} numbers, got ${passages.length}`,
  );
  expect(vectors || temperature > 0, `temperature must be > 0, got ${temperature}`);
}

/** Adds the gradient of the score rows to dCosines and writes losses[B ..]. cosines, dCosines (B, B * k). */
export function distilScores(
  { queries, passages, width, weight, temperature, factor = temperature ** 2 }: TeacherBatch,
  given: { readonly cosines: tf.Tensor; readonly dCosines: tf.Tensor; readonly losses: tf.Tensor },
): void {
  const [rows, columns] = given.cosines.shape as [number, number];
  const teacherCosines = product(
    copiedTensor(queries, [rows, width]),
    copiedTensor(passages, [columns, width]),
    false,
    true,
  );
  const numbers = { rows, columns, weight, temperature, factor };
  runKernel(scoreDistillation, { ...given, teacherCosines }, {}, numbers);
}

/** Adds the gradient of the vectors to dVectors and writes losses[B ..]. vectors (>= B * (1 + k), D). */
export function distilVectors(
  { kind, queries, passages, width, weight }: TeacherBatch,
  given: { readonly vectors: tf.Tensor; readonly dVectors: tf.Tensor; readonly losses: tf.Tensor },
): void {
  const rows = queries.length / width;
  const all = new Float32Array(queries.length + passages.length);
  all.set(queries);
  all.set(passages, queries.length);
  runKernel(
    vectorDistillation,
    { ...given, teacher: tf.tensor1d(all) },
    {},
    { rows, k: passages.length / queries.length, width, cosine: kind === "cosine" ? 1 : 0, weight },
  );
}
