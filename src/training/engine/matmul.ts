// Matrix products as each backend does them well and repeatably. No gradients: callers write theirs with these.
import * as tf from "@tensorflow/tfjs-core";

/**
 * a (n, k) times b (k, m), either one given transposed. The result (n, m) is the caller's.
 *
 * On wasm the operands are transposed first: matMul's own transposeA/B runs at 1.7 GFLOP/s against 31. And the right
 * operand is always a fresh tensor: XNNPACK packs it once and finds the packed form by tensor id, so a parameter
 * updated in place would be multiplied with its old values (tfjs 4.22.0, wasm/xnn_matmul_impl.cc; matmul.test.ts
 * shows it).
 */
export function product(a: tf.Tensor, b: tf.Tensor, aTransposed = false, bTransposed = false): tf.Tensor2D {
  if (tf.getBackend() !== "wasm") return tf.matMul<tf.Tensor2D>(a, b, aTransposed, bTransposed);
  const left = aTransposed ? tf.transpose(a) : a;
  const right = bTransposed ? tf.transpose(b) : tf.mul(b, 1);
  const result = tf.matMul<tf.Tensor2D>(left, right);
  if (left !== a) left.dispose();
  right.dispose();
  return result;
}
