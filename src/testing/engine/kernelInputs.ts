// Invented inputs for the suites of kernels, and reading their results. Checks nothing.
import * as tf from "@tensorflow/tfjs-core";
import { createRandom } from "../../core/random.ts";

const random = createRandom(7);

/** N(0, 1), the same for the same name. */
export function normals(name: string, size: number): Float32Array {
  const stream = random.fork(name);
  return Float32Array.from({ length: size }, () => stream.normal());
}

export const f32 = (values: ArrayLike<number>, ...shape: number[]) =>
  tf.tensor(Float32Array.from(values), shape.length > 0 ? shape : [values.length]);
export const i32 = (values: ArrayLike<number>) => tf.tensor1d(Int32Array.from(values), "int32");

/** Reads and disposes. */
export async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values.slice();
}

/** Sum of c * y in float64, for y made inside a tidy. */
export async function weighted(make: () => tf.Tensor, c: Float32Array): Promise<number> {
  const y = await read(tf.tidy(make));
  return y.reduce((sum, value, i) => sum + value * c[i]!, 0);
}
