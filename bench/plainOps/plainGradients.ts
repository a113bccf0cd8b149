// Makes tfjs's autograd work on the backends the baseline runs on. Registers, computes nothing itself.
import "@tensorflow/tfjs"; // bare core has no gradients
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

let registered = false;

/** The gradient of tf.gather needs UnsortedSegmentSum, which the wasm backend of tfjs 4.22 lacks. */
export function registerPlainGradients(): void {
  if (registered) return;
  registered = true;
  if (tf.getKernel("UnsortedSegmentSum", "wasm")) return;
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as BackendWasm;
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const width = x.shape.slice(1).reduce((a, b) => a * b, 1);
      const out = wasm.makeOutput([numSegments, ...x.shape.slice(1)], "float32");
      const [values, ids, sums] = [x, segmentIds, out].map((info) => wasm.typedArrayFromHeap(info)) as [
        Float32Array,
        Int32Array,
        Float32Array,
      ];
      sums.fill(0);
      for (let i = 0; i < ids.length; i++) {
        const to = ids[i]! * width;
        for (let d = 0; d < width; d++) sums[to + d]! += values[i * width + d]!;
      }
      return out;
    },
  });
}
