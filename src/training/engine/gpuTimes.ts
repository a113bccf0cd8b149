// How long single kernels take by the GPU's own clock: a compute pass with two timestamps for each. Launches nothing itself.
import * as tf from "@tensorflow/tfjs-core";

/** One kernel call. `sizes` are its parameters by name. */
export interface KernelTime {
  readonly name: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly ms: number; // a browser may round the timestamps, Chrome to 0.1 ms
}

interface Timed {
  readonly name: string;
  readonly params: readonly { readonly key: string; readonly value: number }[];
}

/** The most timestamps a query set holds (WebGPU's limit), two a kernel. */
const MOST = 4096;

let timing: { readonly queries: GPUQuerySet; readonly calls: Timed[] } | undefined;

/** A pass for one kernel of a timed stretch, begun on the encoder that `endOpenPass` gives; undefined outside of one. */
export function beginTimedPass(
  call: Timed,
  endOpenPass: () => GPUCommandEncoder,
): GPUComputePassEncoder | undefined {
  if (!timing || 2 * timing.calls.length >= MOST) return undefined;
  const { queries: querySet, calls } = timing;
  const beginningOfPassWriteIndex = 2 * calls.length;
  calls.push(call);
  return endOpenPass().beginComputePass({
    timestampWrites: {
      querySet,
      beginningOfPassWriteIndex,
      endOfPassWriteIndex: beginningOfPassWriteIndex + 1,
    },
  });
}

/** True if the active device has a clock to ask. */
export function hasGpuClock(): boolean {
  return tf.getBackend() === "webgpu" && deviceOf().features.has("timestamp-query");
}

/**
 * The kernels that `work` launches, with their times, in order; at most 2,048 of them.
 *
 * @param work must have read something back when it resolves, so that its commands are over
 * @throws Error if the active device has no clock
 */
export async function timeKernels(work: () => Promise<unknown>): Promise<KernelTime[]> {
  const device = deviceOf();
  const queries = device.createQuerySet({ type: "timestamp", count: MOST });
  const calls: Timed[] = [];
  timing = { queries, calls };
  try {
    await work();
  } finally {
    timing = undefined;
  }
  const count = 2 * calls.length;
  if (count === 0) return [];
  const size = 8 * count;
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
  const readable = device.createBuffer({ size, usage: COPY_DST | MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(queries, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const stamps = new BigInt64Array(readable.getMappedRange().slice(0)); // nanoseconds
  for (const owned of [queries, resolved, readable]) owned.destroy();
  return calls.map(({ name, params }, i) => ({
    name,
    sizes: Object.fromEntries(params.map(({ key, value }) => [key, value])),
    ms: Math.max(0, Number(stamps[2 * i + 1]! - stamps[2 * i]!) / 1e6),
  }));
}

const deviceOf = () => (tf.backend() as unknown as { device: GPUDevice }).device; // private in its type
