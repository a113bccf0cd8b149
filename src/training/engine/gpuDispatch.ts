// Records one compute dispatch into tfjs's own command stream. The only file that touches the WebGPU backend's
// internals (tfjs 4.22.0, pinned): unlike runWebGPUProgram it can write several tensors, and tensors in place.
import * as tf from "@tensorflow/tfjs-core";
import { requireDevice } from "./deviceFailure.ts";
import { beginTimedPass } from "./gpuTimes.ts";
import { isSlice, placeOf, type Operand } from "./operand.ts";
import { wgslModule, type WgslParts } from "./wgslModule.ts";

export interface Dispatch extends WgslParts {
  readonly name: string; // equal names mean equal WGSL
  readonly buffers: readonly (WgslParts["buffers"][number] & { readonly operand: Operand })[];
  readonly params: readonly (WgslParts["params"][number] & { readonly value: number })[];
  readonly groups: number;
}

/** The members of WebGPUBackend used here; most are `private` in its types, all are plain fields in JavaScript. */
interface GpuBackend {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly bufferManager: { acquireBuffer(size: number, usage: number): GPUBuffer };
  readonly tensorMap: { get(id: tf.DataId): { resource: GPUBuffer; values: unknown } };
  readonly commandQueueOwnedIds: WeakSet<tf.DataId>;
  readonly uniformPendingDisposal: GPUBuffer[];
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  uploadToGPU(id: tf.DataId): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();
let launches = 0;

/** Dispatches recorded since the program started: the count a step is judged by. */
export function launchCount(): number {
  return launches;
}

export function dispatch(work: Dispatch): void {
  const backend = tf.backend() as unknown as GpuBackend;
  requireDevice();
  if (work.groups === 0) return;
  for (const { use, operand } of work.buffers) {
    const { tensor } = placeOf(operand);
    backend.uploadToGPU(tensor.dataId); // may end the open pass to record a copy, so before anything else
    // A read-back leaves a copy on the CPU, which a later read would return instead of what is written here.
    if (!use.startsWith("in ")) backend.tensorMap.get(tensor.dataId).values = null;
  }
  const pipeline = pipelineFor(backend.device, work);
  const bindings = work.buffers.map(({ operand }) => bindingOf(backend, operand));
  if (work.params.length > 0) bindings.push({ buffer: uniformBuffer(backend, work) });
  const bindGroup = backend.device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: bindings.map((resource, binding) => ({ binding, resource })),
  });
  // Until the queue is submitted, disposing one of these tensors must not hand its buffer to another.
  for (const { operand } of work.buffers) backend.commandQueueOwnedIds.add(placeOf(operand).tensor.dataId);
  backend.ensureCommandEncoderReady();
  const timed = beginTimedPass(work, () => {
    backend.endComputePassEncoder();
    return backend.commandEncoder!;
  });
  backend.computePassEncoder =
    timed ?? backend.computePassEncoder ?? backend.commandEncoder!.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindGroup);
  const limit = backend.device.limits.maxComputeWorkgroupsPerDimension;
  const y = Math.ceil(work.groups / limit);
  backend.computePassEncoder.dispatchWorkgroups(Math.ceil(work.groups / y), y);
  launches++;
  if (timed) backend.endComputePassEncoder(); // its times are of this kernel alone
  if (++backend.dispatchCountInPass >= tf.env().getNumber("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE")) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

function bindingOf(backend: GpuBackend, operand: Operand): GPUBufferBinding {
  const { tensor, offset, size } = placeOf(operand);
  const buffer = backend.tensorMap.get(tensor.dataId).resource;
  return isSlice(operand) ? { buffer, offset: 4 * offset, size: 4 * size } : { buffer };
}

function uniformBuffer(backend: GpuBackend, work: Dispatch): GPUBuffer {
  const bytes = Math.ceil((work.params.length * 4) / 16) * 16;
  const view = new DataView(new ArrayBuffer(bytes));
  work.params.forEach(({ type, value }, i) => {
    if (type === "f32") view.setFloat32(i * 4, value, true);
    else view.setUint32(i * 4, value, true);
  });
  const buffer = backend.bufferManager.acquireBuffer(bytes, GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM);
  backend.queue.writeBuffer(buffer, 0, view.buffer);
  backend.uniformPendingDisposal.push(buffer); // returned to the pool after the submit
  return buffer;
}

function pipelineFor(device: GPUDevice, work: Dispatch): GPUComputePipeline {
  const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
  pipelines.set(device, known);
  let pipeline = known.get(work.name);
  if (!pipeline) {
    const module = device.createShaderModule({ code: wgslModule(work), label: work.name });
    pipeline = device.createComputePipeline({
      compute: { module, entryPoint: "main" },
      label: work.name,
      layout: "auto",
    });
    known.set(work.name, pipeline);
  }
  return pipeline;
}
