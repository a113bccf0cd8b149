// Whether a model fits the device, judged before its weights are read. Gives advice, allocates nothing.
import * as tf from "@tensorflow/tfjs-core";
import { estimateMemory, HIDDEN_STATES } from "../../core/encoders/estimateMemory.ts";
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

/** What the largest step works on. */
export interface StepSize {
  readonly texts: number; // queries and passages
  readonly tokens: number; // of all of them
}

/** Of a memory that is filled further than this, some will be in pieces too small to use. */
const COMFORTABLE = 0.75;

/**
 * @param most a bound that no step can pass: where it fits, the plan is not asked
 * @param planned the longest batch of the plan
 * @returns what a person should know before it is tried, or undefined
 * @throws SpecError with what is too large, by how much, and what would make it fit
 */
export async function checkMemory(
  config: EncoderConfig,
  spec: ExperimentSpec,
  limits: DeviceLimits,
  most: StepSize,
  planned: () => Promise<StepSize>,
): Promise<string | undefined> {
  const { name, bufferBytes, totalBytes } = limits;
  const of = ({ texts, tokens }: StepSize) => estimateMemory(config, texts, tokens / texts);
  const bound = of(most);
  const fits = bound.largest.bytes <= bufferBytes && bound.bytes <= COMFORTABLE * totalBytes;
  const { largest, heldBytes, bytes } = fits ? bound : of(await planned());
  const elsewhere = name === "webgpu" ? ", or set compute.backend to wasm" : "";
  const smaller = `choose fewer languages or a smaller encoder${elsewhere}`;
  const shorter = `choose a smaller batch.size or encoder.maxTokens, or a smaller encoder${elsewhere}`;
  const { id } = spec.encoder;
  if (largest.bytes > bufferBytes) {
    const isStep = largest.what === HIDDEN_STATES;
    throw new SpecError(
      `${isStep ? "batch.size" : "encoder.id"}: the ${largest.what} of ${id} takes ${show(largest.bytes)}, this ${name} device takes ${show(bufferBytes)} in one piece; ${isStep ? shorter : smaller}`,
    );
  }
  if (heldBytes > totalBytes) {
    throw new SpecError(
      `encoder.id: training ${id} takes ${show(heldBytes)} before its first step, ${name} has ${show(totalBytes)}; ${smaller}`,
    );
  }
  const step = `takes ${show(bytes)} at its longest planned batch, ${name} has ${show(totalBytes)}`;
  if (bytes > totalBytes) throw new SpecError(`batch.size: training ${id} ${step}; ${shorter}`);
  if (bytes <= COMFORTABLE * totalBytes) return undefined;
  return `Training ${id} ${step}: it may run out of memory. If it does, ${shorter}`;
}

const show = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
