// What kernels mean, worked out by hand: losses, AdamW, clipping, sums, products. For every backend's kernels.
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adamwDense, adamwRows } from "../../training/kernels/adamw.ts";
import { contrastive } from "../../training/kernels/contrastive.ts";
import { clipScale, columnSums, SQUARE_PARTS, sumOfSquares } from "../../training/kernels/sums.ts";
import { runKernel } from "../../training/engine/kernel.ts";
import { product, productInto } from "../../training/engine/matmul.ts";
import { productKernels } from "../../training/engine/productKernels.ts";
import { f32, i32, normals, read } from "./kernelInputs.ts";

export function kernelMeanings(): void {
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
      const [x, m, v] = [f32([1, 1]), f32([0, 0]), f32([0, 0])];
      const adam = { rate: 0.1, decay: 0.5, beta1: 0.9, beta2: 0.99, epsilon: 0 };
      const scale = f32([1]);
      const step = (gradient: number, t: number) => {
        const corrections = { correction1: 1 - 0.9 ** t, correction2: 1 - 0.99 ** t };
        const g = f32([gradient, gradient]);
        const sizes = { size: 2, decaying: 1 };
        runKernel(adamwDense, { x, m, v, g, scale }, {}, { ...adam, ...corrections, ...sizes });
      };
      step(2, 1); // m/c1 = 2, v/c2 = 4: 1 - 0.1 * 2 / 2 - 0.1 * 0.5 * 1 = 0.85, or 0.9 where nothing decays
      expect((await x.data())[0]).toBeCloseTo(0.85, 6);
      expect((await x.data())[1]).toBeCloseTo(0.9, 6);
      step(-1, 2);
      // m = 0.9 * 0.2 - 0.1 = 0.08, c1 = 0.19; v = 0.99 * 0.04 + 0.01 = 0.0496, c2 = 0.0199
      const move = (0.1 * (0.08 / 0.19)) / Math.sqrt(0.0496 / 0.0199);
      const values = await x.data(); // the first read must not be what the second returns
      expect(values[0]).toBeCloseTo(0.85 - move - 0.1 * 0.5 * 0.85, 6);
      expect(values[1]).toBeCloseTo(0.9 - move, 6);
    });

    it("AdamW by rows equals AdamW on a table whose other rows are left alone", async () => {
      const [x, m, v] = [normals("rows x", 8), normals("rows m", 8), normals("rows v", 8).map(Math.abs)];
      const g = normals("rows g", 4);
      const adam = { rate: 0.1, decay: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
      const rest = { correction1: 0.1, correction2: 0.01 };
      const scale = f32([0.5]); // every gradient is halved
      const table = { x: f32(x, 4, 2), m: f32(m, 4, 2), v: f32(v, 4, 2) };
      runKernel(
        adamwRows,
        { ...table, g: f32(g, 2, 2), ids: i32([1, 3]), scale },
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
        runKernel(adamwDense, { ...one, scale }, {}, { ...adam, ...rest, size: 2, decaying: 2 });
        expect(values.slice(row * 2, row * 2 + 2)).toEqual(await read(one.x));
      }
      expect(values.slice(0, 2)).toEqual(x.slice(0, 2));
      expect(values.slice(4, 6)).toEqual(x.slice(4, 6));
    });

    it("clips by the norm of all gradients together, of any size", async () => {
      const big = Float32Array.from({ length: 1000 }, (_, i) => (i % 3) - 1); // squares: 667 ones
      const parts = f32(new Float32Array(2 * SQUARE_PARTS).fill(5));
      runKernel(sumOfSquares, { x: f32([1, 2, 3, 100]), parts }, {}, { size: 3, first: 0 });
      runKernel(sumOfSquares, { x: f32(big), parts }, {}, { size: 1000, first: SQUARE_PARTS });
      const sums = Array.from(await read(parts.clone()));
      const total = (from: number) => sums.slice(from, from + SQUARE_PARTS).reduce((a, b) => a + b);
      expect([total(0), total(SQUARE_PARTS)]).toEqual([14, 667]); // 1 + 4 + 9
      const scaleOf = async (clipNorm: number) => {
        const count = 2 * SQUARE_PARTS;
        return (await read(runKernel(clipScale, { parts }, { scale: [1] }, { count, clipNorm }).scale))[0];
      };
      expect(await scaleOf(2)).toBeCloseTo(2 / Math.sqrt(681), 7);
      expect(await scaleOf(30)).toBe(1); // shorter than 30 already
    });

    it("sums columns", async () => {
      const x = f32(
        Array.from({ length: 40 }, (_, i) => i),
        20,
        2,
      );
      const { sums } = runKernel(columnSums, { x }, { sums: [2] }, { rows: 20, width: 2 });
      expect(Array.from(await read(sums))).toEqual([380, 400]); // even numbers 0..38, odd 1..39
    });

    it("reads and writes a stretch of a tensor as a tensor", async () => {
      const shared = f32(
        Array.from({ length: 192 }, (_, i) => i),
        192,
      );
      const [a, b] = [64, 128].map((offset) => ({ tensor: shared, offset, shape: [2, 2] }));
      const c = { tensor: tf.zeros([128]), offset: 64, shape: [2, 2] };
      productInto(c, a!, b!);
      const values = await read(c.tensor);
      // (64 65; 66 67) (128 129; 130 131)
      expect(Array.from(values.slice(64, 68))).toEqual([16642, 16771, 17158, 17291]);
      expect(values[63]! + values[68]!).toBe(0);
      expect(() => productInto({ ...c, shape: [4, 1] }, a!, b!)).toThrow(
        "the result is (2, 2), the slice (4, 1)",
      );
    });

    it.each(["tiled", "direct"] as const)("product, %s, of sizes that fill no tile", async (style) => {
      const [n, k, m] = [67, 19, 71];
      const [a, b] = [normals("product a", n * k), normals("product b", k * m)];
      const exact = Array.from({ length: n * m }, (_, at) => {
        let sum = 0;
        for (let q = 0; q < k; q++) sum += a[Math.floor(at / m) * k + q]! * b[q * m + (at % m)]!;
        return sum;
      });
      for (const kind of ["NN", "NT", "TN", "TT"] as const) {
        const found = tf.tidy(() => {
          const left = kind.startsWith("T") ? tf.transpose(f32(a, n, k)) : f32(a, n, k);
          const right = kind.endsWith("T") ? tf.transpose(f32(b, k, m)) : f32(b, k, m);
          return runKernel(productKernels[style][kind], { a: left, b: right }, { c: [n, m] }, { n, k, m }).c;
        });
        const values = await read(found);
        const gap = exact.reduce((top, value, i) => Math.max(top, Math.abs(value - values[i]!)), 0);
        expect(gap, kind).toBeLessThan(1e-5);
      }
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
      runKernel(adamwDense, { ...state, scale: f32([1]) }, {}, { ...adam, size: 6, decaying: 6 });
      expect(Array.from(await read(product(a, b)))).toEqual([10, 11, 25, 26]); // 6 and 15 more
    });
  });
}
