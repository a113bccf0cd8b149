// Whether a model fits the device, judged before its weights are read. Gives advice, allocates nothing.
import * as tf from "@tensorflow/tfjs-core";
import { estimateMemory } from "../../core/encoders/estimateMemory.ts";
import { SpecError } from "../../core/inputError.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";

/** What the active device can hold in one piece and in all; Infinity where nothing is known. */
export interface DeviceLimits {
  readonly name: "webgpu" | "wasm" | "cpu";
  readonly bufferBytes: number;
  readonly totalBytes: number;
}

/** tfjs’s WebAssembly declares a memory of at most 65,536 pages. */
const WASM_BYTES = 4 * 2 ** 30;

export function deviceLimits(): DeviceLimits {
  const name = tf.getBackend() as DeviceLimits["name"];
  if (name === "wasm") return { name, bufferBytes: WASM_BYTES, totalBytes: WASM_BYTES };
  if (name !== "webgpu") return { name, bufferBytes: Infinity, totalBytes: Infinity };
  const { limits } = (tf.backend() as unknown as { device: GPUDevice }).device;
  const bufferBytes = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  return { name, bufferBytes, totalBytes: Infinity };
}

/** @throws SpecError with what is too large, by how much, and what would make it fit */
export function checkMemory(config: EncoderConfig, spec: ExperimentSpec, limits: DeviceLimits): void {
  const { largest, heldBytes } = estimateMemory(config, 0); // activations are a guess: no reason to refuse
  const elsewhere = limits.name === "webgpu" ? ", or set compute.backend to wasm" : "";
  const advice = `choose fewer languages or a smaller encoder${elsewhere}`;
  if (largest.bytes > limits.bufferBytes) {
    throw new SpecError(
      `encoder.id: the ${largest.what} of ${spec.encoder.id} takes ${show(largest.bytes)}, this ${limits.name} device takes ${show(limits.bufferBytes)} in one piece; ${advice}`,
    );
  }
  if (heldBytes > limits.totalBytes) {
    throw new SpecError(
      `encoder.id: training ${spec.encoder.id} takes ${show(heldBytes)} before its first step, ${limits.name} has ${show(limits.totalBytes)}; ${advice}`,
    );
  }
}

const show = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
