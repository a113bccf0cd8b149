// Where the time of a training step goes, kernel by kernel. Needs a step to time; owns no clock and no device.
import * as tf from "@tensorflow/tfjs-core";
import { hasGpuClock, timeKernels, type KernelTime } from "../engine/gpuTimes.ts";
import { watchKernels } from "../engine/kernel.ts";

/** What a kernel does, by the beginning of its name. */
const KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ["product", "products"],
  ["attention", "attention"],
  ["layerNorm", "norms"],
  ["unit", "norms"],
  ["biasGelu", "GELU"],
  ["geluBackward", "GELU"],
  ["adamw", "optimiser"],
  ["sumOfSquares", "optimiser"],
  ["clipScale", "optimiser"],
  ["columnSums", "sums"],
  ["segmentSum", "embeddings"],
  ["embed", "embeddings"],
  ["positionGradient", "embeddings"],
  ["pool", "pooling"],
  ["bagGradient", "pooling"],
  ["maxPool", "pooling"],
  ["contrastive", "loss"],
];

export const kindOf = (name: string): string =>
  KINDS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? "others";

/**
 * Every kernel of `work` with its time: on WebGPU by the GPU's clock, else by `nowMs` around the call.
 *
 * @param work must have read something back when it resolves
 * @returns undefined on a GPU without a clock (timestamp queries)
 */
export async function kernelTimes(
  work: () => Promise<unknown>,
  nowMs: () => number,
): Promise<readonly KernelTime[] | undefined> {
  if (tf.getBackend() === "webgpu") return hasGpuClock() ? timeKernels(work) : undefined;
  const times: KernelTime[] = [];
  watchKernels((name, sizes, run) => {
    const start = nowMs();
    run();
    times.push({ name, sizes, ms: nowMs() - start });
  });
  try {
    await work();
  } finally {
    watchKernels(undefined);
  }
  return times;
}

export interface Share {
  readonly name: string;
  readonly ms: number;
  readonly calls: number;
}

/** Summed by `groupOf`, the longest first. */
export function sharesBy(times: readonly KernelTime[], groupOf: (time: KernelTime) => string): Share[] {
  const sums = new Map<string, Share>();
  for (const time of times) {
    const name = groupOf(time);
    const { ms, calls } = sums.get(name) ?? { ms: 0, calls: 0 };
    sums.set(name, { name, ms: ms + time.ms, calls: calls + 1 });
  }
  return [...sums.values()].sort((a, b) => b.ms - a.ms);
}

/** "products 61 %, attention 22 %, norms 9 %": kinds of at least a hundredth. */
export function sharesText(times: readonly KernelTime[]): string {
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  if (total === 0) return "too short for this clock";
  return sharesBy(times, ({ name }) => kindOf(name))
    .filter(({ ms }) => ms >= total / 100)
    .map(({ name, ms }) => `${name} ${Math.round((100 * ms) / total)} %`)
    .join(", ");
}
