// Counts what a WebGPU step asks of the GPU, whoever asks: the engine's kernels and tfjs's own. Times nothing.

export interface Launches {
  readonly dispatches: number; // compute kernels launched
  readonly readBacks: number; // buffers mapped for reading
}

interface Method {
  (this: unknown, ...args: unknown[]): unknown;
}

let dispatches = 0;
let readBacks = 0;
let watching = false;

/** What `work` launches. The device's classes are wrapped on first use, and count from then on. */
export async function countLaunches(work: () => unknown): Promise<Launches> {
  if (!watching) {
    watching = true;
    wrap(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => dispatches++);
    wrap(GPUComputePassEncoder.prototype, "dispatchWorkgroupsIndirect", () => dispatches++);
    wrap(GPUBuffer.prototype, "mapAsync", () => readBacks++);
  }
  const before = { dispatches, readBacks };
  await work();
  return { dispatches: dispatches - before.dispatches, readBacks: readBacks - before.readBacks };
}

function wrap(prototype: object, name: string, count: () => void): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (...args) {
    count();
    return original.apply(this, args);
  };
}
