// Matrix products of the plain-ops baseline. On wasm with the transposes written out, in the gradient too.
import * as tf from "@tensorflow/tfjs-core";

/**
 * a (..., n, k) times b (..., k, m), or b (..., m, k) if `bTransposed`. Differentiable.
 *
 * tfjs's own gradient multiplies with transposeA/B, which wasm does at 1.7 GFLOP/s against 31: there a gradient that
 * transposes first is given to the baseline, so that it is not held against a known defect. Elsewhere: tf.matMul.
 */
export function plainProduct(a: tf.Tensor, b: tf.Tensor, bTransposed = false): tf.Tensor {
  if (tf.getBackend() !== "wasm") return tf.matMul(a, b, false, bTransposed);
  const right = bTransposed ? swapped(b) : b; // transpose has a gradient of its own
  const multiply = tf.customGrad((...inputs) => {
    const [x, y, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([x, y]);
    return {
      value: tf.matMul(x, y),
      gradFunc: (dy, saved) => {
        const [left, other] = saved as [tf.Tensor, tf.Tensor];
        const d = dy;
        return [tf.matMul(d, swapped(other)), tf.matMul(swapped(left), d)];
      },
    };
  });
  return multiply(a, right);
}

function swapped(x: tf.Tensor): tf.Tensor {
  const axes = x.shape.map((_, i) => i);
  return tf.transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
