// Matrix products as each backend does them well and repeatably. No gradients: callers write theirs with these.
import * as tf from "@tensorflow/tfjs-core";
import { arraysOf } from "./arrays.ts";
import { emptyTensor } from "./kernel.ts";
import { simd, type Simd } from "./simd.ts";

/**
 * a (n, k) times b (k, m), either one given transposed. The result (n, m) is the caller's.
 *
 * On wasm it is the engine's own routine, which takes either operand as it lies. Without SIMD it is tfjs's, whose
 * transposeA/B is slow, so operands are transposed first. And its right operand is always a fresh tensor: XNNPACK packs
 * it once and finds the packed form by tensor id, so a parameter updated in place would be multiplied with its old
 * values (tfjs 4.22.0; kernelSuite.ts shows it).
 * @throws RangeError if the inner sizes differ
 */
export function product(a: tf.Tensor, b: tf.Tensor, aTransposed = false, bTransposed = false): tf.Tensor2D {
  if (tf.getBackend() !== "wasm") return tf.matMul<tf.Tensor2D>(a, b, aTransposed, bTransposed);
  const engine = simd();
  if (engine) return ownProduct(engine, a, b, aTransposed, bTransposed);
  const left = aTransposed ? transposed(a) : a;
  const right = bTransposed ? transposed(b) : copied(b);
  const result = tf.matMul<tf.Tensor2D>(left, right);
  if (left !== a) left.dispose();
  right.dispose();
  return result;
}

function ownProduct(
  { routines, scratch, addressOf }: Simd,
  a: tf.Tensor,
  b: tf.Tensor,
  aTransposed: boolean,
  bTransposed: boolean,
): tf.Tensor2D {
  const [aRows, aColumns] = a.shape as [number, number];
  const [bRows, bColumns] = b.shape as [number, number];
  const [n, k] = aTransposed ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, m] = bTransposed ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== k) throw new RangeError(`product: inner sizes must be equal, got ${k} and ${inner}`);
  const result = emptyTensor([n, m]);
  const room = scratch(routines.matmulScratch(m));
  routines.matmul(
    ...[addressOf(result), addressOf(a), aTransposed ? 1 : k, aTransposed ? n : 1],
    ...[addressOf(b), bTransposed ? 1 : m, bTransposed ? k : 1],
    ...[n, k, m, room],
  );
  return result as tf.Tensor2D;
}

function copied(x: tf.Tensor): tf.Tensor {
  const y = emptyTensor(x.shape);
  const [source, target] = arraysOf([x, y]) as [Float32Array, Float32Array];
  target.set(source);
  return y;
}

/** In tiles that fit the cache: three times as fast as tfjs's Transpose kernel on wasm. */
function transposed(x: tf.Tensor): tf.Tensor {
  const [rows, columns] = x.shape as [number, number];
  const y = emptyTensor([columns, rows]);
  const [source, target] = arraysOf([x, y]) as [Float32Array, Float32Array];
  const tile = 16;
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(left + tile, columns);
      for (let j = left; j < right; j++) {
        for (let i = top; i < bottom; i++) target[j * rows + i] = source[i * columns + j]!;
      }
    }
  }
  return y;
}
