// The checks every backend's kernels must pass: gradients by central differences, meanings by hand.
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { adamwDense, adamwRows } from "../training/kernels/adamw.ts";
import {
  attentionBackwardKeys,
  attentionBackwardQueries,
  attentionForward,
} from "../training/kernels/attention.ts";
import { contrastive } from "../training/kernels/contrastive.ts";
import {
  layerNormBackward,
  layerNormForward,
  layerNormParamGradient,
  unitBackward,
  unitForward,
} from "../training/kernels/norms.ts";
import { poolBackward, poolForward, POOL_MODES } from "../training/kernels/pooling.ts";
import { columnSums, segmentSum, sumOfSquares } from "../training/kernels/sums.ts";
import { biasGelu, embedForward, positionGradient } from "../training/kernels/tokens.ts";
import { runKernel } from "../training/engine/kernel.ts";
import { product } from "../training/engine/matmul.ts";
import { gradientError, GRADIENT_TOLERANCE } from "./gradCheck.ts";

const random = createRandom(7);

function normals(name: string, size: number): Float32Array {
  const stream = random.fork(name);
  return Float32Array.from({ length: size }, () => stream.normal());
}

const f32 = (values: ArrayLike<number>, ...shape: number[]) =>
  tf.tensor(Float32Array.from(values), shape.length > 0 ? shape : [values.length]);
const i32 = (values: ArrayLike<number>) => tf.tensor1d(Int32Array.from(values), "int32");

/** Reads and disposes. */
async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values.slice();
}

/** Sum of c * y in float64, for y made inside a tidy. */
async function weighted(make: () => tf.Tensor, c: Float32Array): Promise<number> {
  const y = await read(tf.tidy(make));
  return y.reduce((sum, value, i) => sum + value * c[i]!, 0);
}

export function kernelSuite(): void {
  describe("gradients by central differences", () => {
    const check = async (
      x: Float32Array,
      forward: (x: tf.Tensor) => tf.Tensor,
      backward: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
      shape: number[],
    ) => {
      const sample = tf.tidy(() => forward(f32(x, ...shape)).shape);
      const size = sample.reduce((a, b) => a * b, 1);
      const c = normals("c", size);
      const analytic = await read(tf.tidy(() => backward(f32(c, ...sample), f32(x, ...shape))));
      return gradientError((moved) => weighted(() => forward(f32(moved, ...shape)), c), x, analytic);
    };

    it("L2 normalisation", async () => {
      const sizes = { rows: 3, width: 5 };
      const forward = (x: tf.Tensor) => runKernel(unitForward, { x }, { y: [3, 5], norms: [3] }, sizes);
      const error = await check(
        normals("unit", 15),
        (x) => forward(x).y,
        (dy, x) => runKernel(unitBackward, { dy, ...forward(x) }, { dx: [3, 5] }, sizes).dx,
        [3, 5],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("layer norm of x + bias + residual: x, bias, gamma, beta", async () => {
      const [rows, width] = [4, 6];
      const given = {
        x: normals("ln x", rows * width),
        bias: normals("ln bias", width),
        residual: normals("ln residual", rows * width),
        gamma: normals("ln gamma", width),
        beta: normals("ln beta", width),
      };
      const forward = (moved: Partial<typeof given>) => {
        const all = { ...given, ...moved };
        return runKernel(
          layerNormForward,
          {
            x: f32(all.x),
            bias: f32(all.bias),
            residual: f32(all.residual),
            gamma: f32(all.gamma),
            beta: f32(all.beta),
          },
          { y: [rows, width], unit: [rows, width], inverse: [rows] },
          { rows, width, joined: 1, epsilon: 1e-12 },
        );
      };
      const c = normals("ln c", rows * width);
      const grads = tf.tidy(() => {
        const { unit, inverse } = forward({});
        const dy = f32(c, rows, width);
        const shapes = { dGamma: [width], dBeta: [width] };
        const { dGamma, dBeta } = runKernel(layerNormParamGradient, { dy, unit }, shapes, { rows, width });
        const gamma = f32(given.gamma);
        const { ds } = runKernel(
          layerNormBackward,
          { dy, unit, gamma, inverse },
          { ds: [rows, width] },
          { rows, width },
        );
        const { sums: dBias } = runKernel(columnSums, { x: ds }, { sums: [width] }, { rows, width });
        return { x: ds, residual: ds.clone(), bias: dBias, gamma: dGamma, beta: dBeta };
      });
      for (const key of ["x", "residual", "bias", "gamma", "beta"] as const) {
        const analytic = await read(grads[key]);
        const objective = (x: Float32Array) => weighted(() => forward({ [key]: x }).y, c);
        expect(await gradientError(objective, given[key], analytic), key).toBeLessThan(GRADIENT_TOLERANCE);
      }
    });

    it("GELU: slope is the derivative", async () => {
      const bias = normals("gelu bias", 4);
      const forward = (x: tf.Tensor) =>
        runKernel(biasGelu, { x, bias: f32(bias) }, { y: [5, 4], slope: [5, 4] }, { rows: 5, width: 4 });
      const error = await check(
        normals("gelu", 20),
        (x) => forward(x).y,
        (dy, x) => tf.mul(dy, forward(x).slope),
        [5, 4],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    // Two texts of three and two tokens, then one place of filling.
    const PACKED = { starts: [0, 3, 5], owners: [0, 0, 0, 1, 1, -1] };

    it("attention: queries, keys, values, with two texts, filling and two heads", async () => {
      const [rows, places, length, width, heads] = [2, 6, 4, 4, 2];
      const sizes = { rows, places, length, width, heads };
      const bias = normals("attention bias", 3 * width);
      const where = () => ({ starts: i32(PACKED.starts), owners: i32(PACKED.owners) });
      const forward = (qkv: tf.Tensor) =>
        runKernel(
          attentionForward,
          { qkv, bias: f32(bias), ...where() },
          { out: [places, width], probs: [rows, heads, length, length] },
          sizes,
        );
      const x = normals("attention", places * 3 * width);
      const error = await check(
        x,
        (qkv) => forward(qkv).out,
        (dOut, qkv) => {
          const saved = { dOut, qkv, bias: f32(bias), probs: forward(qkv).probs, ...where() };
          const { dScores, dQkv } = runKernel(
            attentionBackwardQueries,
            saved,
            { dScores: [rows, heads, length, length], dQkv: [places, 3 * width] },
            sizes,
          );
          runKernel(attentionBackwardKeys, { ...saved, dScores, dQkv }, {}, sizes);
          return dQkv;
        },
        [places, 3 * width],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("pooling of hidden states, and its token weights", async () => {
      const [rows, places, width] = [2, 6, 4];
      const mode = POOL_MODES.weighted;
      const weights = normals("pool weights", 3);
      const tokens = () => ({ ids: i32([1, 0, 2, 2, 2, 0]), starts: i32(PACKED.starts) });
      const source = normals("pool", places * width);
      const forward = (x: tf.Tensor, w = weights) =>
        runKernel(
          poolForward,
          { source: x, weights: f32(w), ...tokens() },
          { pooled: [rows, width] },
          { rows, width, mode, indirect: 0 },
        ).pooled;
      const back = (dPooled: tf.Tensor, x: tf.Tensor) =>
        runKernel(
          poolBackward,
          { source: x, weights: f32(weights), ...tokens(), owners: i32(PACKED.owners), dPooled },
          { dSource: [places, width], dWeight: [places] },
          { places, width, mode },
        );
      const error = await check(
        source,
        (x) => forward(x),
        (dy, x) => back(dy, x).dSource,
        [places, width],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
      const c = normals("pool c", rows * width);
      const dWeight = await read(tf.tidy(() => back(f32(c, rows, width), f32(source)).dWeight));
      // token 0 at place 1, token 1 at 0, token 2 at 2, 3 and 4; place 5 is filling
      const byToken = Float32Array.of(dWeight[1]!, dWeight[0]!, dWeight[2]! + dWeight[3]! + dWeight[4]!);
      const objective = (w: Float32Array) => weighted(() => forward(f32(source), w), c);
      expect(await gradientError(objective, weights, byToken)).toBeLessThan(GRADIENT_TOLERANCE);
      expect(dWeight[5]).toBe(0);
    });

    it("embedding rows by segments, positions by column", async () => {
      const [places, width] = [6, 2];
      const tokens = () => ({
        ids: i32([1, 0, 1, 1, 2, 0]),
        starts: i32(PACKED.starts),
        owners: i32(PACKED.owners),
      });
      const [table, positions] = [normals("table", 6), normals("positions", 8)];
      const forward = (t: Float32Array, p: Float32Array) =>
        runKernel(
          embedForward,
          { table: f32(t), positions: f32(p), ...tokens() },
          { x: [places, width] },
          { places, width },
        ).x;
      const c = normals("embed c", 12);
      const grads = tf.tidy(() => {
        const total = tf.zeros([3, 2]);
        const where = { offsets: i32([0, 1, 4, 5]), positions: i32([1, 0, 2, 3, 4]) };
        runKernel(segmentSum, { source: f32(c), ...where, total }, {}, { segments: 3, width });
        const { dPositions } = runKernel(
          positionGradient,
          { dx: f32(c), starts: i32(PACKED.starts) },
          { dPositions: [4, 2] },
          { rows: 2, length: 4, width },
        );
        return [total, dPositions];
      });
      const ofTable = (t: Float32Array) => weighted(() => forward(t, positions), c);
      const ofPositions = (p: Float32Array) => weighted(() => forward(table, p), c);
      const dPositions = await read(grads[1]!);
      expect(await gradientError(ofTable, table, await read(grads[0]!))).toBeLessThan(GRADIENT_TOLERANCE);
      expect(await gradientError(ofPositions, positions, dPositions)).toBeLessThan(GRADIENT_TOLERANCE);
      expect(Array.from(dPositions.slice(6))).toEqual([0, 0]); // no text has a fourth token
    });

    it.each([1, 2])("contrastive loss, k = %i", async (k) => {
      const [rows, columns] = [3, 3 * k];
      const negatives = Array.from({ length: rows * columns }, (_, at) => {
        const [i, j] = [Math.floor(at / columns), at % columns];
        return Math.floor(j / k) === i || (i === 0 && j === columns - 1) ? 0 : 1; // one more passage left out
      });
      const rowWeights = [0.5, 2, 1];
      const cosines = normals("cosines", rows * columns);
      const forward = (x: Float32Array, temperature: number) =>
        runKernel(
          contrastive,
          { cosines: f32(x), negatives: i32(negatives), rowWeights: f32(rowWeights) },
          { losses: [rows], dCosines: [rows, columns] },
          { rows, columns, k, temperature },
        );
      const analytic = await read(tf.tidy(() => forward(cosines, 0.5).dCosines));
      const scale = Float32Array.from(rowWeights, (w) => w / rows);
      const objective = (x: Float32Array) => weighted(() => forward(x, 0.5).losses, scale);
      expect(await gradientError(objective, cosines, analytic)).toBeLessThan(GRADIENT_TOLERANCE);
      // the same check notices a gradient that is 1 % off
      const planted = analytic.map((value) => value * 1.01);
      expect(await gradientError(objective, cosines, planted)).toBeGreaterThan(GRADIENT_TOLERANCE);
    });
  });

  describe("meanings", () => {
    it("contrastive loss of one positive and two negatives, by hand", async () => {
      // row 0: s+ = 0.4 / 0.5, s- = 0.1 / 0.5 and -0.2 / 0.5; -log(e^0.8 / (e^0.8 + e^0.2 + e^-0.4)) = 0.6162...
      const expected = -Math.log(Math.exp(0.8) / (Math.exp(0.8) + Math.exp(0.2) + Math.exp(-0.4)));
      const { losses, dCosines } = runKernel(
        contrastive,
        {
          cosines: f32([0.4, 0.1, -0.2, 0, 0.5, 0, 0, 0, 0.5]),
          negatives: i32([0, 1, 1, 0, 0, 0, 1, 1, 0]), // row 1 has no negative
          rowWeights: f32([1, 1, 1]),
        },
        { losses: [3], dCosines: [3, 3] },
        { rows: 3, columns: 3, k: 1, temperature: 0.5 },
      );
      const loss = await read(losses);
      expect(loss[0]).toBeCloseTo(expected, 5);
      expect(loss[1]).toBe(0);
      expect(Array.from((await read(dCosines)).slice(3, 6))).toEqual([0, 0, 0]);
    });

    it("contrastive loss survives extreme cosines and a tiny temperature", async () => {
      const { losses, dCosines } = runKernel(
        contrastive,
        { cosines: f32([-1, 1, 1, -1]), negatives: i32([0, 1, 1, 0]), rowWeights: f32([1, 1]) },
        { losses: [2], dCosines: [2, 2] },
        { rows: 2, columns: 2, k: 1, temperature: 0.01 },
      );
      // softplus((1 - -1) / 0.01) = 200
      expect(Array.from(await read(losses))).toEqual([200, 200]);
      expect(Array.from(await read(dCosines))).toEqual([-50, 50, 50, -50]);
    });

    it("AdamW's first two steps, by hand", async () => {
      const [x, m, v] = [f32([1]), f32([0]), f32([0])];
      const adam = { rate: 0.1, decay: 0.5, beta1: 0.9, beta2: 0.99, epsilon: 0, clipNorm: 0, tensors: 0 };
      const squares = f32([0]);
      const step = (gradient: number, t: number) => {
        const corrections = { correction1: 1 - 0.9 ** t, correction2: 1 - 0.99 ** t };
        runKernel(
          adamwDense,
          { x, m, v, g: f32([gradient]), squares },
          {},
          { ...adam, ...corrections, size: 1 },
        );
      };
      step(2, 1); // m/c1 = 2, v/c2 = 4: 1 - 0.1 * 2 / 2 - 0.1 * 0.5 * 1 = 0.85
      expect((await x.data())[0]).toBeCloseTo(0.85, 6);
      step(-1, 2);
      // m = 0.9 * 0.2 - 0.1 = 0.08, c1 = 0.19; v = 0.99 * 0.04 + 0.01 = 0.0496, c2 = 0.0199
      const expected = 0.85 - (0.1 * (0.08 / 0.19)) / Math.sqrt(0.0496 / 0.0199) - 0.1 * 0.5 * 0.85;
      expect((await x.data())[0]).toBeCloseTo(expected, 6); // the first read must not be what the second returns
    });

    it("AdamW by rows equals AdamW on a table whose other rows are left alone", async () => {
      const [x, m, v] = [normals("rows x", 8), normals("rows m", 8), normals("rows v", 8).map(Math.abs)];
      const g = normals("rows g", 4);
      const adam = { rate: 0.1, decay: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
      const rest = { correction1: 0.1, correction2: 0.01, clipNorm: 1, tensors: 1 };
      const squares = f32([4]); // |g| taken as 2, so every gradient is halved
      const table = { x: f32(x, 4, 2), m: f32(m, 4, 2), v: f32(v, 4, 2) };
      runKernel(
        adamwRows,
        { ...table, g: f32(g, 2, 2), ids: i32([1, 3]), squares },
        {},
        { ...adam, ...rest, count: 2, width: 2 },
      );
      const values = await read(table.x);
      for (const [row, at] of [
        [1, 0],
        [3, 2],
      ] as const) {
        const pick = (all: Float32Array) => f32(all.slice(row * 2, row * 2 + 2));
        const one = { x: pick(x), m: pick(m), v: pick(v), g: f32(g.slice(at, at + 2)) };
        runKernel(adamwDense, { ...one, squares }, {}, { ...adam, ...rest, size: 2 });
        expect(values.slice(row * 2, row * 2 + 2)).toEqual(await read(one.x));
      }
      expect(values.slice(0, 2)).toEqual(x.slice(0, 2));
      expect(values.slice(4, 6)).toEqual(x.slice(4, 6));
    });

    it("sums squares into its slot, and columns", async () => {
      const squares = f32([5, 5, 5]);
      runKernel(sumOfSquares, { x: f32([1, 2, 3, 100]), squares }, {}, { size: 3, slot: 1 });
      expect(Array.from(await read(squares))).toEqual([5, 14, 5]); // 1 + 4 + 9
      const x = f32(
        Array.from({ length: 40 }, (_, i) => i),
        20,
        2,
      );
      const { sums } = runKernel(columnSums, { x }, { sums: [2] }, { rows: 20, width: 2 });
      expect(Array.from(await read(sums))).toEqual([380, 400]); // even numbers 0..38, odd 1..39
    });

    it("multiplies with either side transposed, also after an operand changed in place", async () => {
      const a = f32([1, 2, 3, 4, 5, 6], 2, 3);
      const b = f32([1, 0, 0, 1, 1, 1], 3, 2);
      const right = [4, 5, 10, 11];
      expect(Array.from(await read(product(a, b)))).toEqual(right);
      expect(Array.from(await read(product(tf.transpose(a), b, true)))).toEqual(right);
      expect(Array.from(await read(product(a, tf.transpose(b), false, true)))).toEqual(right);
      // x <- x - rate * g / |g| with rate 1 adds 1 everywhere for g = -1
      const adam = { rate: 1, decay: 0, beta1: 0, beta2: 0, epsilon: 0, correction1: 1, correction2: 1 };
      const state = { x: b, m: tf.zeros([6]), v: tf.zeros([6]), g: f32([-1, -1, -1, -1, -1, -1]) };
      runKernel(
        adamwDense,
        { ...state, squares: f32([0]) },
        {},
        { ...adam, clipNorm: 0, tensors: 0, size: 6 },
      );
      expect(Array.from(await read(product(a, b)))).toEqual([10, 11, 25, 26]); // 6 and 15 more
    });
  });
}
