// The checks every backend's distillation must pass: against plain tfjs ops, by central differences, by hand, in a step.
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { runKernel } from "../../training/engine/kernel.ts";
import { scoreDistillation, vectorDistillation } from "../../training/kernels/distillation.ts";
import { createModel, type TrainBatch } from "../../training/model/model.ts";
import type { DistillationKind, TeacherBatch } from "../../training/model/teacher.ts";
import { gradientError, GRADIENT_TOLERANCE, largestCoordinates } from "./gradCheck.ts";
import { READ_GRADIENT, STEP, tinyBatch, tinyConfig, tinyWeights } from "./modelSuite.ts";

function normals(name: string, size: number): Float32Array {
  const stream = createRandom(21).fork(name);
  return Float32Array.from({ length: size }, () => stream.normal());
}

async function read(tensors: Record<string, tf.Tensor>): Promise<Record<string, number[]>> {
  const values = await Promise.all(Object.values(tensors).map(async (t) => Array.from(await t.data())));
  tf.dispose(tensors);
  return Object.fromEntries(Object.keys(tensors).map((key, i) => [key, values[i]!]));
}

/** `rows` random unit vectors. */
function units(name: string, rows: number, width: number): Float32Array {
  const x = normals(name, rows * width);
  return x.map((value, i) => {
    const at = i - (i % width);
    return value / Math.hypot(...x.subarray(at, at + width));
  });
}

const [ROWS, K, WIDTH] = [3, 2, 5];
const TEXTS = ROWS * (1 + K);

function vectorLoss(vectors: tf.Tensor, teacher: tf.Tensor, cosine: boolean): tf.Tensor {
  if (!cosine) return tf.sum(tf.square(tf.sub(vectors, teacher)), 1);
  const norms = tf.sqrt(tf.sum(tf.square(teacher), 1));
  return tf.sub(1, tf.div(tf.sum(tf.mul(vectors, teacher), 1), norms));
}

const KINDS: readonly DistillationKind[] = ["mse", "cosine", "scores"];

/** A teacher of random vectors for `batch`. */
export function tinyTeacher(
  batch: TrainBatch,
  kind: DistillationKind,
  weight: number,
  width = 8,
): TeacherBatch {
  const rows = batch.rowWeights.length;
  return {
    kind,
    weight,
    width,
    queries: units("teacher queries", rows, width),
    passages: units("teacher passages", rows * batch.k, width),
    temperature: 0.5,
  };
}

export function distillationSuite({ coordinates }: { readonly coordinates: number }): void {
  describe.each([
    ["mse", 0],
    ["cosine", 1],
  ] as const)("%s of vectors", (_, cosine) => {
    const run = (vectors: Float32Array, start: Float32Array, weight: number) =>
      tf.tidy(() => {
        const dVectors = tf.tensor(start.slice());
        const losses = tf.zeros([2 * ROWS]);
        const teacher = tf.tensor(normals("teacher", TEXTS * WIDTH));
        const given = { vectors: tf.tensor(vectors.slice()), teacher, dVectors, losses };
        runKernel(vectorDistillation, given, {}, { rows: ROWS, k: K, width: WIDTH, cosine, weight });
        return { dVectors, losses };
      });

    it("is what plain tfjs ops and their autograd say, added to the gradient there was", async () => {
      const vectors = normals("vectors", TEXTS * WIDTH);
      const start = normals("start", TEXTS * WIDTH);
      const own = await read(run(vectors, start, 0.3));
      const plain = await read(
        tf.tidy(() => {
          const teacher = tf.tensor2d(normals("teacher", TEXTS * WIDTH), [TEXTS, WIDTH]);
          const rowLosses = (x: tf.Tensor) => {
            const each = vectorLoss(x, teacher, cosine === 1);
            const ofPassages = tf.mean(tf.reshape(tf.slice(each, [ROWS], [ROWS * K]), [ROWS, K]), 1);
            return tf.add(tf.slice(each, [0], [ROWS]), ofPassages);
          };
          const x = tf.tensor2d(vectors.slice(), [TEXTS, WIDTH]);
          const gradient = tf.grad((v) => tf.mul(tf.mean(rowLosses(v)), 0.3))(x);
          return { losses: rowLosses(x), sum: tf.add(gradient, tf.tensor2d(start.slice(), [TEXTS, WIDTH])) };
        }),
      );
      own.losses!.slice(ROWS).forEach((loss, i) => expect(loss).toBeCloseTo(plain.losses![i]!, 4));
      own.dVectors!.forEach((value, i) => expect(value).toBeCloseTo(plain.sum![i]!, 5));
      expect(own.losses!.slice(0, ROWS)).toEqual([0, 0, 0]); // the contrastive half is not touched
    });

    it("has the gradient of central differences", async () => {
      const zero = new Float32Array(TEXTS * WIDTH);
      const vectors = normals("vectors", TEXTS * WIDTH);
      const analytic = Float32Array.from((await read(run(vectors, zero, 1))).dVectors!);
      const objective = async (x: Float32Array) =>
        (await read(run(x, zero, 1))).losses!.reduce((sum, loss) => sum + loss / ROWS, 0);
      expect(await gradientError(objective, vectors, analytic)).toBeLessThan(GRADIENT_TOLERANCE);
      const planted = analytic.map((value) => value * 1.01);
      expect(await gradientError(objective, vectors, planted)).toBeGreaterThan(GRADIENT_TOLERANCE);
    });
  });

  describe("score rows", () => {
    const [rows, columns] = [3, 6];
    const run = (cosines: ArrayLike<number>, theirs: ArrayLike<number>, temperature: number) =>
      tf.tidy(() => {
        const dCosines = tf.zeros([rows, columns]);
        const losses = tf.zeros([2 * rows]);
        const matrix = (x: ArrayLike<number>) => tf.tensor2d(Float32Array.from(x), [rows, columns]);
        const given = { cosines: matrix(cosines), teacherCosines: matrix(theirs), dCosines, losses };
        runKernel(
          scoreDistillation,
          given,
          {},
          { rows, columns, weight: 1, temperature, factor: temperature ** 2 },
        );
        return { dCosines, losses };
      });

    it("are what plain tfjs ops and their autograd say", async () => {
      const [cosines, theirs] = [normals("cosines", rows * columns), normals("theirs", rows * columns)];
      const own = await read(run(cosines, theirs, 0.7));
      const plain = await read(
        tf.tidy(() => {
          const scaled = (x: tf.Tensor) => tf.div(x, 0.7);
          const wanted = tf.softmax(scaled(tf.tensor2d(theirs, [rows, columns])));
          const rowLosses = (x: tf.Tensor) => {
            const gap = tf.sub(tf.log(wanted), tf.log(tf.softmax(scaled(x))));
            return tf.mul(tf.sum(tf.mul(wanted, gap), 1), 0.7 ** 2);
          };
          const x = tf.tensor2d(cosines.slice(), [rows, columns]);
          return { losses: rowLosses(x), gradient: tf.grad((c) => tf.mean(rowLosses(c)))(x) };
        }),
      );
      own.losses!.slice(rows).forEach((loss, i) => expect(loss).toBeCloseTo(plain.losses![i]!, 5));
      own.dCosines!.forEach((value, i) => expect(value).toBeCloseTo(plain.gradient![i]!, 5));
    });

    it("have the gradient of central differences", async () => {
      const [cosines, theirs] = [normals("cosines", rows * columns), normals("theirs", rows * columns)];
      const analytic = Float32Array.from((await read(run(cosines, theirs, 0.7))).dCosines!);
      const objective = async (x: Float32Array) =>
        (await read(run(x, theirs, 0.7))).losses!.reduce((sum, loss) => sum + loss / rows, 0);
      expect(await gradientError(objective, cosines, analytic)).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("cost nothing when they agree, and survive a tiny temperature", async () => {
      const same = normals("same", rows * columns);
      const agreed = await read(run(same, same, 0.02));
      agreed.losses!.forEach((loss) => expect(Math.abs(loss)).toBeLessThan(1e-6));
      agreed.dCosines!.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-6));
      const [up, down] = [
        [1, -1, -1, -1, -1, -1],
        [-1, 1, -1, -1, -1, -1],
      ];
      const split = await read(run([...up, ...up, ...up], [...down, ...down, ...down], 0.01));
      // wanted is 1 on column 1, where log softmax of the student is (-1 - 1) / 0.01 = -200: 0.01^2 * 200
      split.losses!.slice(rows).forEach((loss) => expect(loss).toBeCloseTo(0.02, 6));
      expect(split.dCosines!.slice(0, 3)).toEqual([
        expect.closeTo(0.01 / 3, 6),
        expect.closeTo(-0.01 / 3, 6),
        0,
      ]);
    });
  });

  it.each(KINDS)("%s: a step's gradient, mixed with the contrastive loss's", async (kind) => {
    const weights = tinyWeights(tinyConfig({ layers: 1 }));
    const batch = tinyBatch(3, 2, "gradient");
    const taught = { ...batch, teacher: tinyTeacher(batch, kind, 0.4) };
    const stepped = createModel(weights);
    stepped.trainStep(taught, READ_GRADIENT);
    const after = (await stepped.weights()).tensors;
    stepped.dispose();
    for (const name of ["embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight"]) {
      const { shape, data } = weights.tensors[name]!;
      const gradient = data.map((value, i) => value - after[name]!.data[i]!);
      const objective = async (x: Float32Array) => {
        const model = createModel({
          ...weights,
          tensors: { ...weights.tensors, [name]: { shape, data: x } },
        });
        const handle = model.trainStep(taught, { ...READ_GRADIENT, learningRate: 0 });
        const [losses, distillation] = [await handle.losses(), (await handle.distillation())!];
        model.dispose();
        return losses.reduce((sum, loss, i) => {
          return sum + (0.6 * loss * batch.rowWeights[i]! + 0.4 * distillation[i]!) / losses.length;
        }, 0);
      };
      const options = { coordinates: largestCoordinates(gradient, coordinates) };
      const error = await gradientError(objective, data, gradient, options);
      expect(error, name).toBeLessThan(GRADIENT_TOLERANCE * 3);
    }
  });

  it.each(KINDS)("%s alone brings the student to its teacher", async (kind) => {
    // Two words a text, all different: every text can have any vector.
    const batch = { ...tinyBatch(4, 1, "pure"), queries: pairsFrom(0, 4), passages: pairsFrom(8, 4) };
    const taught = { ...batch, teacher: tinyTeacher(batch, kind, 1, kind === "scores" ? 6 : 8) };
    const model = createModel(tinyWeights(tinyConfig()));
    const curve: number[] = [];
    for (let i = 0; i < 60; i++) {
      const handle = model.trainStep(taught, { ...STEP, learningRate: 0.05, weightDecay: 0 });
      curve.push((await handle.distillation())!.reduce((a, b) => a + b) / 4);
    }
    model.dispose();
    expect(curve.at(-1)).toBeLessThan(curve[0]! / 20);
  });

  it("without a teacher reports none, and weight 0 changes no bit of the weights", async () => {
    const batch = tinyBatch(4, 2, "none");
    const [alone, taught] = [createModel(tinyWeights(tinyConfig())), createModel(tinyWeights(tinyConfig()))];
    const plain = alone.trainStep(batch, STEP);
    expect(await plain.distillation()).toBeUndefined();
    const handle = taught.trainStep({ ...batch, teacher: tinyTeacher(batch, "mse", 0) }, STEP);
    expect(Array.from(await handle.losses())).toEqual(Array.from(await plain.losses()));
    expect(await taught.weights()).toEqual(await alone.weights());
    alone.dispose();
    taught.dispose();
  });
}

/** `rows` texts of two pieces each, from piece `first` on. */
function pairsFrom(first: number, rows: number) {
  return {
    offsets: Int32Array.from({ length: rows + 1 }, (_, i) => 2 * i),
    tokens: Int32Array.from({ length: 2 * rows }, (_, i) => first + i),
  };
}
