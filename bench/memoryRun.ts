// Trains on batches of ever-changing lengths, as real texts have them, and samples what the process holds.
import * as tf from "@tensorflow/tfjs-core";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createModel } from "../src/training/model/model.ts";
import { inventBatch, inventWeights, type StepShape } from "../src/training/benchmark/stepShape.ts";
import { stepLoss } from "./stepRace.ts";

export interface MemorySample {
  readonly step: number;
  readonly tensors: number;
  readonly heapMiB: number; // JavaScript's, after a collection
  readonly deviceMiB: number; // the WebAssembly memory, or the buffers the GPU backend has allocated
}

/** Samples after each of `at` (ascending steps). Ends with a dispose, after the last sample. */
export async function sampleMemory(shape: StepShape, at: readonly number[]): Promise<MemorySample[]> {
  const model = createModel(inventWeights(shape));
  const samples: MemorySample[] = [];
  for (let step = 1; step <= at.at(-1)!; step++) {
    await stepLoss(model, inventBatch(shape, step, true));
    if (!at.includes(step)) continue;
    samples.push({ step, tensors: tf.memory().numTensors, heapMiB: heapMiB(), deviceMiB: deviceMiB() });
  }
  model.dispose();
  return samples;
}

/** "1000: 6 tensors, heap 78.9 MiB, device 16.0 MiB" */
export function describeSample({ step, tensors, heapMiB: heap, deviceMiB: device }: MemorySample): string {
  return `${step}: ${tensors} tensors, heap ${heap.toFixed(1)} MiB, device ${device.toFixed(1)} MiB`;
}

let collect: (() => void) | undefined;

export function heapMiB(): number {
  if (!collect) {
    setFlagsFromString("--expose-gc"); // for contexts made from now on
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** What the active backend holds now. The WebAssembly memory only ever grows: inside free room a leak does not show. */
export function deviceMiB(): number {
  if (tf.getBackend() === "webgpu") {
    return (tf.memory() as unknown as { numBytesAllocatedInGPU: number }).numBytesAllocatedInGPU / 2 ** 20;
  }
  const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8: Uint8Array } };
  return (wasm?.HEAPU8.buffer.byteLength ?? 0) / 2 ** 20;
}
