// Matrix products on every backend, repeatable to the bit. No gradients: callers write theirs with these.
import type * as tf from "@tensorflow/tfjs-core";
import { computesOnCpu } from "./backend.ts";
import { runKernel } from "./kernel.ts";
import type { Operand, TensorSlice } from "./operand.ts";
import { productKernels } from "./productKernels.ts";

/**
 * a (n, k) times b (k, m), either one given transposed. The result (n, m) is the caller's. Each of its elements is the
 * sum of its k products in an order that depends on k alone: equal rows and columns give equal bits, wherever they stand.
 * @throws RangeError if the inner sizes differ
 */
export function product(a: Operand, b: Operand, aTransposed = false, bTransposed = false): tf.Tensor2D {
  const { kernel, sizes } = choose(a, b, aTransposed, bTransposed);
  return runKernel(kernel, { a, b }, { c: [sizes.n, sizes.m] }, sizes).c as tf.Tensor2D;
}

/** `product`, written into a slice of that shape. */
export function productInto(
  c: TensorSlice,
  a: Operand,
  b: Operand,
  aTransposed = false,
  bTransposed = false,
): void {
  const { kernel, sizes } = choose(a, b, aTransposed, bTransposed);
  if (c.shape.join() !== `${sizes.n},${sizes.m}`) {
    throw new RangeError(
      `product: the result is (${sizes.n}, ${sizes.m}), the slice (${c.shape.join(", ")})`,
    );
  }
  runKernel(kernel, { a, b }, { c }, sizes);
}

function choose(a: Operand, b: Operand, aTransposed: boolean, bTransposed: boolean) {
  const [aRows, aColumns] = a.shape as [number, number];
  const [bRows, bColumns] = b.shape as [number, number];
  const [n, k] = aTransposed ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, m] = bTransposed ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== k) throw new RangeError(`product: inner sizes must be equal, got ${k} and ${inner}`);
  const kind = `${aTransposed ? "T" : "N"}${bTransposed ? "T" : "N"}` as const;
  return { kernel: productKernels[computesOnCpu() ? "direct" : "tiled"][kind], sizes: { n, k, m } };
}
