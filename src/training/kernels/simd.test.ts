// The WebAssembly versions of kernels against their meaning, the typed arrays, at sizes that fill no vector evenly.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { processorFuses } from "../../testing/engine/processorFuses.ts";
import { defineKernel, runKernel, type KernelSpec } from "../engine/kernel.ts";
import type { BufferUse, ParamType } from "../engine/operand.ts";
import { product } from "../engine/matmul.ts";
import { simd } from "../engine/simd.ts";
import { adamwDense, adamwRows } from "./adamw.ts";
import { attentionKernels } from "./attention.ts";
import { bagGradient, POOL_MODES, poolForward } from "./pooling.ts";
import {
  layerNormBackward,
  layerNormForward,
  layerNormParamGradient,
  unitBackward,
  unitForward,
} from "./norms.ts";
import { columnSums, segmentSum } from "./sums.ts";
import { biasGelu, geluBackward } from "./tokens.ts";

type Values = Record<string, Float32Array | Int32Array>;
type Floats = Record<string, Float32Array>;
type AnyKernel = KernelSpec<Record<string, BufferUse>, Record<string, ParamType>>;

const random = createRandom(11);
const normals = (size: number) => Float32Array.from({ length: size }, () => random.normal());

/** Every float buffer a kernel leaves behind, with SIMD or without. `out` buffers of the two start out alike. */
function leftBy(kernel: AnyKernel, given: Values, sizes: Record<string, number>, withSimd: boolean): Floats {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(given).map(([key, values]) => [key, tf.tensor(values)]),
    );
    const buffers: Record<string, BufferUse> = {};
    for (const [key, use] of Object.entries(kernel.buffers))
      buffers[key] = use === "out f32" ? "inout f32" : use;
    const { onSimd, ...plain } = { ...kernel, buffers };
    const chosen = defineKernel(withSimd ? { ...plain, onSimd: onSimd! } : plain);
    runKernel(chosen, tensors, {}, sizes);
    const floats = Object.keys(buffers).filter((key) => buffers[key] === "inout f32");
    return Object.fromEntries(floats.map((key) => [key, tensors[key]!.dataSync<"float32">().slice()]));
  });
}

/** Largest difference, relative to the largest value of the buffer. */
function expectAgreement(kernel: unknown, given: Values, sizes: Record<string, number>): Floats {
  const meaning = leftBy(kernel as AnyKernel, given, sizes, false);
  const found = leftBy(kernel as AnyKernel, given, sizes, true);
  for (const [key, values] of Object.entries(meaning)) {
    const scale = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
    const gap = values.reduce((top, value, i) => Math.max(top, Math.abs(value - found[key]![i]!)), 0);
    expect(gap / scale, `${(kernel as AnyKernel).name}: ${key}`).toBeLessThan(3e-6);
    expect(
      values.some((value) => value !== 0),
      key,
    ).toBe(true);
  }
  return found;
}

describe.each([
  ["fused", true],
  ["plain", false],
] as const)("SIMD kernels on wasm, %s", (build, fused) => {
  beforeAll(async () => {
    await startNodeBackend("wasm", fused);
  });

  it("are there, so that what follows compares two things", () => {
    expect(simd()?.build).toBe(processorFuses() ? build : "plain"); // a processor that cannot fuse has one build
  });

  it("round a product and its sum once, or each", () => {
    // (1 + 2^-12)^2 - (1 + 2^-11) = 2^-24; the square rounded to 24 bits is 1 + 2^-11, by the tie to even.
    const x = 1 + 2 ** -12;
    const c = product(tf.tensor2d([[1, x]]), tf.tensor2d([[-(1 + 2 ** -11)], [x]]));
    expect(c.dataSync()[0]).toBe(simd()!.build === "fused" ? 2 ** -24 : 0);
  });

  it.each([
    [1, 1, 1],
    [7, 5, 3],
    [13, 300, 19], // more than one packed block deep
    [70, 257, 8], // more than one block of rows
    [64, 24, 130],
  ])("product (%i, %i) x (%i), transposed or not, against float64", (n, k, m) => {
    const [a, b] = [normals(n * k), normals(k * m)];
    const exact = Array.from({ length: n * m }, (_, at) => {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[Math.floor(at / m) * k + p]! * b[p * m + (at % m)]!;
      return sum;
    });
    for (const [turnA, turnB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const found = tf.tidy(() => {
        const left = tf.tensor2d(a, [n, k]);
        const right = tf.tensor2d(b, [k, m]);
        return product(
          turnA ? tf.transpose(left) : left,
          turnB ? tf.transpose(right) : right,
          turnA,
          turnB,
        ).dataSync();
      });
      const gap = exact.reduce((top, value, i) => Math.max(top, Math.abs(value - found[i]!)), 0);
      expect(gap / Math.sqrt(k)).toBeLessThan(1e-5);
    }
  });

  it("product refuses operands that do not fit", () => {
    expect(() => product(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow(
      "inner sizes must be equal, got 3 and 2",
    );
  });

  it.each([
    [4, [13, 0, 1, 24, 8]],
    [6, [13, 0, 1, 24, 8]],
    [8, [13, 0, 1, 24, 8]],
    [20, [64, 3, 65]], // as many queries as are worked on at a time, and one more
    [12, [150, 300]],
  ])("attention with heads of %i, texts of %j tokens", (size, tokens) => {
    const [rows, heads, length, width] = [tokens.length, 2, Math.max(...tokens), 2 * size];
    const starts = Int32Array.of(0, ...tokens);
    for (let r = 0; r < rows; r++) starts[r + 1]! += starts[r]!;
    const live = starts[rows]!;
    const places = live + 2; // of filling
    const owners = Int32Array.from({ length: places }, (_, i) =>
      i < live ? starts.findLastIndex((s) => s <= i) : -1,
    );
    const sizes = { rows, places, length, width, heads };
    const { forward, backward } = attentionKernels(size);
    const given = { qkv: normals(places * 3 * width), bias: normals(3 * width), starts, owners };
    const blank = { out: normals(places * width), lse: normals(places * heads) };
    const made = expectAgreement(forward, { ...given, ...blank }, sizes);
    const back = { dOut: normals(places * width), dQkv: normals(places * 3 * width) };
    expectAgreement(backward, { ...given, ...made, ...back }, sizes);
  });

  it("unit vectors and their gradients, to the bits of the typed arrays; zero and next to zero among them", () => {
    const [rows, width] = [40, 20];
    const sizes = { rows, width };
    const x = normals(rows * width).map((value, i) => value * 10 ** (((i / width) | 0) - 20)); // 1e-20 to 1e19
    x.fill(0, 3 * width, 4 * width);
    const both = (kernel: unknown, given: Values) =>
      [false, true].map((withSimd) => leftBy(kernel as AnyKernel, given, sizes, withSimd));
    const [meaning, found] = both(unitForward, { x, y: normals(rows * width), norms: normals(rows) });
    expect(found).toEqual(meaning);
    const back = { dy: normals(rows * width), y: meaning!["y"]!, norms: meaning!["norms"]! };
    const [gradient, foundGradient] = both(unitBackward, { ...back, dx: normals(rows * width) });
    expect(foundGradient).toEqual(gradient);
    expect(Math.max(...gradient!["dx"]!)).toBeGreaterThan(0);
  });

  it("GELU, from -40 to 40", () => {
    const x = Float32Array.from({ length: 800 }, (_, i) => (i - 400) / 10);
    const blank = { y: new Float32Array(800), slope: new Float32Array(800) };
    const { slope } = expectAgreement(biasGelu, { x, bias: normals(8), ...blank }, { rows: 100, width: 8 });
    const back = { dy: normals(800), slope: slope!, dBias: normals(8) };
    expectAgreement(geluBackward, back, { rows: 100, width: 8 });
  });

  it.each([0, 1])("layer norm, joined = %i", (joined) => {
    const [rows, width] = [9, 12];
    const part = () => normals(rows * width);
    const given = {
      x: part(),
      bias: normals(width),
      residual: part(),
      gamma: normals(width),
      beta: normals(width),
    };
    const sizes = { rows, width };
    const { unit, inverse } = expectAgreement(
      layerNormForward,
      { ...given, y: part(), unit: part(), inverse: normals(rows) },
      { ...sizes, joined, epsilon: 1e-12 },
    );
    const twice = joined; // the gradient in one part, and in two
    const back = { dy: part(), extra: part(), unit: unit! };
    const norm = { gamma: given.gamma, inverse: inverse! };
    const { ds } = expectAgreement(layerNormBackward, { ...back, ...norm, ds: part() }, { ...sizes, twice });
    const sums = { dGamma: normals(width), dBeta: normals(width), dBias: normals(width) };
    expectAgreement(layerNormParamGradient, { ...back, ds: ds!, ...sums }, { ...sizes, twice });
  });

  it("sums by column and by segment", () => {
    expectAgreement(columnSums, { x: normals(33 * 12), sums: normals(12) }, { rows: 33, width: 12 });
    const where = { offsets: Int32Array.of(0, 2, 2, 5), positions: Int32Array.of(4, 0, 1, 2, 3) };
    const given = { source: normals(5 * 8), ...where, total: normals(4 * 8) }; // the fourth row is left alone
    expectAgreement(segmentSum, given, { segments: 3, width: 8 });
  });

  it("AdamW, clipped, on all of a tensor and on rows of it", () => {
    const state = () => ({
      x: normals(40),
      m: normals(40),
      v: normals(40).map(Math.abs),
      scale: Float32Array.of(0.3),
    });
    const numbers = {
      rate: 0.1,
      decay: 0.01,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      correction1: 0.2,
      correction2: 0.05,
    };
    const sizes = { size: 40, decaying: 24 };
    expectAgreement(adamwDense, { ...state(), g: normals(40) }, { ...numbers, ...sizes });
    const rows = { ...state(), g: normals(16), ids: Int32Array.of(4, 1) };
    expectAgreement(adamwRows, rows, { ...numbers, count: 2, width: 8 });
  });

  it.each(Object.entries(POOL_MODES))("pooling, mode %s: the arrays' own bits", (_, mode) => {
    const [rows, width] = [4, 12];
    const starts = Int32Array.of(0, 3, 3, 4, 9); // the second text is empty
    const ids = Int32Array.of(5, 0, 2, 2, 1, 5, 3, 4, 0);
    const weights = normals(6).map((weight, id) => (id === 3 ? 0 : weight));
    for (const indirect of [0, 1]) {
      const given = { source: normals(9 * width), weights, ids, starts, pooled: normals(rows * width) };
      const sizes = { rows, width, mode, indirect };
      const [meaning, found] = [false, true].map((with_) => leftBy(poolForward, given, sizes, with_));
      expect(found).toEqual(meaning);
    }
    if (mode === POOL_MODES.first) return; // a bag has no first piece
    const given = {
      table: normals(6 * width),
      weights,
      ids: Int32Array.of(4, 3, 0),
      sum: normals(3 * width),
      dWeight: normals(3),
    };
    const [meaning, found] = [false, true].map((with_) =>
      leftBy(bagGradient, given, { count: 3, width, mode }, with_),
    );
    expect(found).toEqual(meaning);
  });
});
