// What every backend's kernels do at the edges: empty texts, ties, filling, saturation, zero rows, numbers that are none.
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { attentionKernels } from "../../training/kernels/attention.ts";
import { contrastive } from "../../training/kernels/contrastive.ts";
import { denseBackward, denseForward } from "../../training/kernels/denseHead.ts";
import { maxPoolBackward, maxPoolForward } from "../../training/kernels/maxPooling.ts";
import { layerNormForward, unitBackward, unitForward } from "../../training/kernels/norms.ts";
import { bagGradient, poolForward, POOL_MODES } from "../../training/kernels/pooling.ts";
import { clipScale, segmentSum, SQUARE_PARTS, sumOfSquares } from "../../training/kernels/sums.ts";
import { biasGelu, embedForward } from "../../training/kernels/tokens.ts";
import { runKernel } from "../../training/engine/kernel.ts";
import { gradientError, GRADIENT_TOLERANCE } from "./gradCheck.ts";
import { f32, i32, normals, read, weighted } from "./kernelInputs.ts";

// Texts of two, no, one and three tokens, then two places of filling.
const STARTS = [0, 2, 2, 3, 6];
const [ROWS, PLACES] = [4, 8];
const repeated = (value: number, times: number) => Array.from({ length: times }, () => value);
const list = async (tensor: tf.Tensor) => Array.from(await read(tensor));

export function kernelEdges(): void {
  describe("largest values", () => {
    const width = 3;
    const forward = (source: tf.Tensor) =>
      runKernel(
        maxPoolForward,
        { source, starts: i32(STARTS) },
        { pooled: [ROWS, width] },
        { rows: ROWS, width },
      ).pooled;
    const back = (dPooled: tf.Tensor, source: tf.Tensor) =>
      runKernel(
        maxPoolBackward,
        { source, starts: i32(STARTS), dPooled },
        { dSource: [PLACES, width] },
        { rows: ROWS, places: PLACES, width },
      ).dSource;

    it("are those of the text's own places: below zero too, none for an empty text", async () => {
      const source = [-1, -5, 2, -3, -4, 7, /* text 2 */ -9, 0, 1, /* text 3 */ 1, 2, 3, 4, 0, 3, -1, 2, 9];
      const filling = repeated(100, 6);
      expect(await list(forward(f32([...source, ...filling], PLACES, width)))).toEqual(
        [
          [-1, -4, 7],
          [0, 0, 0],
          [-9, 0, 1],
          [4, 2, 9],
        ].flat(),
      );
    });

    it("give their gradient to the first of equal ones, nothing to the others and to filling", async () => {
      const source = f32(repeated(5, PLACES * width), PLACES, width);
      const dPooled = f32([1, 2, 3, 9, 9, 9, 4, 5, 6, 7, 8, 10], ROWS, width);
      const zero = [0, 0, 0];
      expect(await list(back(dPooled, source))).toEqual(
        [[1, 2, 3], zero, [4, 5, 6], [7, 8, 10], zero, zero, zero, zero].flat(),
      );
    });

    it("have the gradient of central differences", async () => {
      const x = normals("max pool", PLACES * width);
      const c = normals("max pool c", ROWS * width);
      const analytic = await read(tf.tidy(() => back(f32(c, ROWS, width), f32(x, PLACES, width))));
      const objective = (moved: Float32Array) => weighted(() => forward(f32(moved, PLACES, width)), c);
      expect(await gradientError(objective, x, analytic, { eps: 1e-3 })).toBeLessThan(GRADIENT_TOLERANCE);
      expect(Array.from(analytic.slice(6 * width))).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it("of texts that are all empty are zeros, and have no gradient", async () => {
      const none = { starts: i32([0, 0, 0]) };
      const source = f32([3, 3, 3], 1, width); // one place of filling
      const { pooled } = runKernel(
        maxPoolForward,
        { source, ...none },
        { pooled: [2, width] },
        { rows: 2, width },
      );
      const { dSource } = runKernel(
        maxPoolBackward,
        { source, ...none, dPooled: f32([1, 1, 1, 1, 1, 1], 2, width) },
        { dSource: [1, width] },
        { rows: 2, places: 1, width },
      );
      expect([await list(pooled), await list(dSource)]).toEqual([repeated(0, 6), [0, 0, 0]]);
    });
  });

  describe("a dense layer", () => {
    const width = 3;
    const run = (z: tf.Tensor, bias: tf.Tensor, [averaged, biased, tanh]: readonly number[]) =>
      runKernel(
        denseForward,
        { z, bias, starts: i32(STARTS) },
        { y: [ROWS, width] },
        { rows: ROWS, width, averaged: averaged!, biased: biased!, tanh: tanh! },
      ).y;
    const combinations = [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((t) => [a, b, t] as const)));

    it.each(combinations)(
      "averaged %i, biased %i, tanh %i: the gradient of central differences",
      async (...how) => {
        const [z, bias] = [normals("dense z", ROWS * width), normals("dense b", width)];
        const c = normals("dense c", ROWS * width);
        const [averaged, biased, tanh] = how;
        const [dSum, dz] = tf.tidy(() => {
          const y = run(f32(z, ROWS, width), f32(bias), how);
          const shape = [ROWS, width];
          const back = runKernel(
            denseBackward,
            { dy: f32(c, ...shape), y, starts: i32(STARTS) },
            { dSum: shape, dz: shape },
            { rows: ROWS, width, averaged, tanh },
          );
          return [back.dSum, back.dz];
        });
        const [bySum, byZ] = [await read(dSum), await read(dz)];
        const ofZ = (x: Float32Array) => weighted(() => run(f32(x, ROWS, width), f32(bias), how), c);
        expect(await gradientError(ofZ, z, byZ)).toBeLessThan(GRADIENT_TOLERANCE);
        if (!biased) return;
        const byBias = Float32Array.from({ length: width }, (_, d) =>
          [0, 1, 2, 3].reduce((sum, r) => sum + bySum[r * width + d]!, 0),
        );
        const ofBias = (b: Float32Array) => weighted(() => run(f32(z, ROWS, width), f32(b), how), c);
        expect(await gradientError(ofBias, bias, byBias)).toBeLessThan(GRADIENT_TOLERANCE);
      },
    );

    it("divides by the tokens of a text, of an empty one by none; saturates at 1 without overflow", async () => {
      const z = f32([2, 3, 4, 5, 6, 7, 8, 9, 10, 3, 6, 9], ROWS, width);
      const y = await list(run(z, f32([0, 0, 0]), [1, 0, 0]));
      [1, 1.5, 2, 5, 6, 7, 8, 9, 10, 1, 2, 3].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 5));
      const far = f32([1e3, -1e3, 1e30, -1e30, 90, -90, 20, -20, 0, 1e38, -1e38, 16], ROWS, width);
      const flat = await list(run(far, f32([0, 0, 0]), [0, 0, 1]));
      [1, -1, 1, -1, 1, -1, 1, -1, 0, 1, -1, 1].forEach((value, i) => expect(flat[i]).toBeCloseTo(value, 6));
    });
  });

  describe("a bag", () => {
    it.each(["uniform", "weighted"] as const)(
      "%s: gradients of table and weights by central differences",
      async (name) => {
        const [vocab, width, mode] = [5, 4, POOL_MODES[name]];
        const ids = [3, 1, 1, 0, 3, 3, 2, 2]; // the last two are filling
        const [table, weights] = [normals("bag table", vocab * width), normals("bag weights", vocab)];
        const c = normals("bag c", ROWS * width);
        const forward = (t: Float32Array, w: Float32Array) =>
          runKernel(
            poolForward,
            { source: f32(t, vocab, width), weights: f32(w), ids: i32(ids), starts: i32(STARTS) },
            { pooled: [ROWS, width] },
            { rows: ROWS, width, mode, indirect: 1 },
          ).pooled;
        const [dTable, dWeights] = tf.tidy(() => {
          // tokens 0, 1 and 3 occur: in text 3; in texts 0 and 2; in texts 0, 3 and 3
          const sum = tf.zeros([3, width]);
          const where = { offsets: i32([0, 1, 3, 6]), positions: i32([3, 0, 2, 0, 3, 3]) };
          runKernel(
            segmentSum,
            { source: f32(c, ROWS, width), ...where, total: sum },
            {},
            { segments: 3, width },
          );
          const dWeight = tf.zeros([3]);
          const given = {
            table: f32(table, vocab, width),
            weights: f32(weights),
            ids: i32([0, 1, 3]),
            sum,
            dWeight,
          };
          runKernel(bagGradient, given, {}, { count: 3, width, mode });
          return [sum, dWeight];
        });
        const spread = async (rows: tf.Tensor, size: number) => {
          const [values, all] = [await read(rows), new Float32Array(vocab * size)];
          [0, 1, 3].forEach((id, u) => all.set(values.subarray(u * size, (u + 1) * size), id * size));
          return all;
        };
        const ofTable = (t: Float32Array) => weighted(() => forward(t, weights), c);
        expect(await gradientError(ofTable, table, await spread(dTable, width))).toBeLessThan(
          GRADIENT_TOLERANCE,
        );
        const byWeight = await spread(dWeights, 1);
        if (mode === POOL_MODES.uniform) return;
        const ofWeights = (w: Float32Array) => weighted(() => forward(table, w), c);
        expect(await gradientError(ofWeights, weights, byWeight)).toBeLessThan(GRADIENT_TOLERANCE);
      },
    );

    it("counts a token of weight 0 as not there, and pools the first of a text alone", async () => {
      const given = (weights: number[]) => ({
        source: f32([1, 2, 10, 20, 100, 200], 3, 2),
        weights: f32(weights),
        ids: i32([0, 1, 2, 1, 0, 2, 0, 0]),
        starts: i32(STARTS),
      });
      const pool = async (mode: number, weights = [0, 0, 0]) =>
        list(
          runKernel(
            poolForward,
            given(weights),
            { pooled: [ROWS, 2] },
            { rows: ROWS, width: 2, mode, indirect: 1 },
          ).pooled,
        );
      expect(await pool(POOL_MODES.weighted, [0, 2, -1])).toEqual([20, 40, 0, 0, -100, -200, -80, -160]);
      expect(await pool(POOL_MODES.first)).toEqual([1, 2, 0, 0, 100, 200, 10, 20]);
      expect(await pool(POOL_MODES.uniform)).toEqual([11, 22, 0, 0, 100, 200, 111, 222]);
    });
  });

  describe("normalisation", () => {
    it("of a zero row is zero, with no gradient; of a tiny one is of unit length", async () => {
      const x = f32([0, 0, 3e-10, 4e-10, 3e15, -4e15], 3, 2);
      const sizes = { rows: 3, width: 2 };
      const { y, norms } = runKernel(unitForward, { x }, { y: [3, 2], norms: [3] }, sizes);
      const dy = f32([1, 2, 0, 0, 0, 0], 3, 2);
      const { dx } = runKernel(unitBackward, { dy, y, norms }, { dx: [3, 2] }, sizes);
      const unit = await list(y);
      [0, 0, 0.6, 0.8, 0.6, -0.8].forEach((value, i) => expect(unit[i]).toBeCloseTo(value, 5));
      expect((await list(dx)).slice(0, 2)).toEqual([0, 0]);
    });

    it("of a row without spread gives beta, whatever the row's level", async () => {
      const width = 8; // eight equal numbers have an exact mean
      const x = f32([...repeated(-7, width), ...repeated(1024, width)], 2, width);
      const beta = normals("beta", width);
      const { y, inverse } = runKernel(
        layerNormForward,
        { x, bias: x, residual: x, gamma: f32(normals("gamma", width)), beta: f32(beta) },
        { y: [2, width], unit: [2, width], inverse: [2] },
        { rows: 2, width, joined: 0, epsilon: 1e-12 },
      );
      expect(await list(y)).toEqual([...beta, ...beta]);
      for (const scale of await list(inverse)) expect(scale / 1e6).toBeCloseTo(1, 5); // 1 / sqrt(1e-12)
    });
  });

  describe("attention", () => {
    const [width, heads] = [4, 2];
    const kernels = attentionKernels(2);
    const forward = (qkv: tf.Tensor, starts: number[], owners: number[]) => {
      const [rows, places] = [starts.length - 1, owners.length];
      const given = { qkv, bias: f32(new Float32Array(3 * width)), starts: i32(starts), owners: i32(owners) };
      const shapes = { out: [places, width], lse: [places, heads] };
      return runKernel(kernels.forward, given, shapes, { rows, places, length: 3, width, heads });
    };

    it("of a token alone is its value, of filling zero, beside an empty text", async () => {
      const qkv = normals("alone", 3 * 3 * width);
      const out = await list(forward(f32(qkv, 3, 3 * width), [0, 1, 1, 2], [0, 2, -1]).out);
      const values = [0, 1].flatMap((i) => [...qkv.subarray(i * 12 + 8, i * 12 + 12)]);
      expect(out.slice(0, 8)).toEqual(values);
      expect(out.slice(8)).toEqual([0, 0, 0, 0]);
    });

    it("takes scores of thousands without overflow: the best key alone is heard", async () => {
      // q = 100 (1, 1), keys 100 (1, 1) and -100 (1, 1): scores of +-20,000 / sqrt(2)
      const place = (key: number, value: number) => [
        ...repeated(100, 4),
        ...repeated(key, 4),
        ...repeated(value, 4),
      ];
      const { out, lse } = forward(f32([...place(100, 5), ...place(-100, 9)], 2, 12), [0, 2], [0, 0]);
      expect(await list(out)).toEqual(repeated(5, 8));
      for (const value of await list(lse)) expect(value / (20_000 / Math.SQRT2)).toBeCloseTo(1, 6);
    });

    it("does not see what other texts there are", async () => {
      const qkv = normals("company", 5 * 12);
      const together = await list(forward(f32(qkv, 5, 12), [0, 2, 5], [0, 0, 1, 1, 1]).out);
      const alone = await list(forward(f32(qkv.slice(24), 3, 12), [0, 3], [0, 0, 0]).out);
      expect(together.slice(8)).toEqual(alone);
    });
  });

  it("GELU far out is its input or nothing, and half its slope at zero", async () => {
    const x = f32([-1e4, -30, 0, 30, 1e4, -12, 12, 1], 2, 4);
    const shapes = { y: [2, 4], slope: [2, 4] };
    const { y, slope } = runKernel(biasGelu, { x, bias: f32([0, 0, 0, 0]) }, shapes, { rows: 2, width: 4 });
    const [values, slopes] = [await list(y), await list(slope)];
    // Phi(1) = 0.8413447, phi(1) = 0.2419707
    [0, 0, 0, 30, 1e4, 0, 12, 0.8413447].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
    [0, 0, 0.5, 1, 1, 0, 1, 1.0833154].forEach((value, i) => expect(slopes[i]).toBeCloseTo(value, 5));
  });

  it("embeddings of filling are zero", async () => {
    const given = {
      table: f32([1, 2, 3, 4], 2, 2),
      positions: f32([10, 20, 30, 40], 2, 2),
      ids: i32([1, 0, 1, 1]),
      starts: i32([0, 2, 3]),
      owners: i32([0, 0, 1, -1]),
    };
    const { x } = runKernel(embedForward, given, { x: [4, 2] }, { places: 4, width: 2 });
    expect(await list(x)).toEqual([13, 24, 31, 42, 13, 24, 0, 0]);
  });

  it("clips nothing where there is no gradient at all", async () => {
    const parts = f32(new Float32Array(SQUARE_PARTS).fill(9));
    runKernel(sumOfSquares, { x: f32([0, 0, 0]), parts }, {}, { size: 3, first: 0 });
    const { scale } = runKernel(clipScale, { parts }, { scale: [1] }, { count: SQUARE_PARTS, clipNorm: 1 });
    expect(await list(scale)).toEqual([1]);
  });

  describe("the loss of a model that diverged", () => {
    // Two rows, one positive each, the other row's passage as the negative; a third row without negatives.
    const losses = async (cosines: readonly number[]) =>
      list(
        runKernel(
          contrastive,
          {
            cosines: f32([...cosines, 0, 0, 0.5], 3, 3),
            negatives: i32([0, 1, 0, 1, 0, 0, 0, 0, 0]),
            rowWeights: f32([1, 1, 1]),
          },
          { losses: [3], dCosines: [3, 3] },
          { rows: 3, columns: 3, k: 1, temperature: 0.5 },
        ).losses,
      );

    it.each([
      ["every cosine", [NaN, NaN, NaN, NaN, NaN, NaN]],
      ["the negative's", [0.5, NaN, 0, NaN, 0.5, 0]],
      ["the positive's", [NaN, 0.5, 0, 0.5, NaN, 0]],
    ])("is not finite where %s is no number, or it would look like a perfect one", async (_, cosines) => {
      expect((await losses(cosines)).map(Number.isFinite)).toEqual([false, false, true]);
    });
  });
}
