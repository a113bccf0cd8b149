// Starts the device the engine runs on and reports which it is. Owns the GPU device; knows nothing of models.
import type { DeviceReport } from "../../core/run/device.ts";
import type { BackendChoice, BackendName } from "../../core/spec/backend.ts";
import * as tf from "@tensorflow/tfjs-core";
import { DeviceError, DeviceLostError, SMALLER } from "../../core/machineError.ts";
import { FUSED_WASM } from "../../core/record/maker.ts";
import { fetchError, sleep } from "../data/waiting.ts";
import { failDevice } from "./deviceFailure.ts";
import { productThreads, shareProducts, type ThreadStarter } from "./productThreads.ts";
import { setBuild } from "./simd.ts";
import { bestBuild } from "./simdModule.ts";
import { refuseWhenFull, type WasmHeap } from "./wasmHeap.ts";

export interface BackendOptions {
  readonly wasmPaths?: string | Record<string, string>;
  readonly threads?: ThreadStarter | undefined;
  readonly fused?: boolean | undefined;
}

let wasmStarted = false;
let gpu: Gpu | undefined;

interface Gpu {
  readonly device: GPUDevice; // referenced here, or Dawn may collect it and abort
  readonly adapter: string;
  readonly software: boolean;
  failed: boolean; // not used again
}

/**
 * Makes `choice` the active backend. "auto" takes webgpu if a real GPU is there, else wasm, else cpu, and notes why.
 *
 * @param options.wasmPaths where the `.wasm` files are: a folder, or a URL by file name (as tfjs's setWasmPaths)
 * @param options.threads help with large products on wasm; results are the same without
 * @param options.fused false keeps wasm from fused multiply-add where it has it, for the bits of machines without (ADR 17)
 * @throws DeviceError in one sentence if an explicit choice cannot be had
 */
export async function startBackend(
  choice: BackendChoice,
  options: BackendOptions = {},
): Promise<DeviceReport> {
  tf.env().set("PROD", true); // or the cpu backend advertises tfjs-node on the console
  const notes: string[] = [];
  for (const name of choice === "auto" ? (["webgpu", "wasm", "cpu"] as const) : [choice]) {
    try {
      const adapter = await starters[name]({ ...options, realOnly: choice === "auto" });
      if (name !== "webgpu") failDevice(undefined);
      if (!(await tf.setBackend(name))) throw new Error(`tfjs refused the backend`);
      await tf.ready();
      if (name === "cpu") notes.push("plain JavaScript is slow: for tests, not for training");
      return { backend: name, adapter, notes, versions: { "tfjs-core": tf.version_core } };
    } catch (cause) {
      const reason =
        cause instanceof Error ? cause.message : String((cause as { message?: string })?.message ?? cause);
      if (choice !== "auto")
        throw new DeviceError(`Backend "${name}" is not available here: ${reason}`, { cause });
      notes.push(`${name} not used: ${reason}`);
    }
  }
  // Plain JavaScript is always to be had, once it has been fetched.
  throw fetchError("what trains", new DeviceError(`No backend could be started (${notes.join("; ")})`));
}

/** True if the GPU adapter in use is one in name only: shaders without barriers suit it better. */
export function computesOnCpu(): boolean {
  return gpu?.software ?? false;
}

interface StarterOptions extends BackendOptions {
  readonly realOnly: boolean; // pass over a WebGPU adapter that is no GPU
}
type Starter = (options: StarterOptions) => Promise<string>;

function nameOf(info: GPUAdapterInfo): string {
  const label = info.description || info.device || info.architecture || "unnamed GPU";
  return info.vendor ? `${label} (${info.vendor})` : label;
}

/** Renderers on the CPU: right, but far slower than wasm. `isFallbackAdapter` is not set by all of them. */
function isSoftware(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(names);
}

const starters: Record<BackendName, Starter> = {
  async webgpu({ realOnly }) {
    if (gpu && !gpu.failed && !(realOnly && gpu.software)) {
      failDevice(undefined);
      return gpu.adapter;
    }
    // `navigator` is missing in older Node and `gpu` in many browsers, whatever the types say.
    const entry = (globalThis.navigator as Navigator | undefined)?.gpu;
    if (!entry) throw new Error("navigator.gpu is missing (needs a browser with WebGPU on a secure page)");
    const adapter = await entry.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new Error("no GPU adapter was found");
    const { limits, info } = adapter;
    if (realOnly && isSoftware(info)) {
      throw new Error(
        `its adapter (${nameOf(info)}) computes on the CPU, slower than WebAssembly; choose WebGPU to use it`,
      );
    }
    const device = await adapter.requestDevice({
      requiredFeatures: (["timestamp-query"] as const).filter((name) => adapter.features.has(name)), // gpuTimes.ts
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      },
    });
    const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
    tf.removeBackend("webgpu"); // the package registers one of its own, with a device we could not watch
    tf.registerBackend("webgpu", () => new WebGPUBackend(device, info), 3);
    // Products by split K add with float atomics, in no fixed order: hold tfjs to the tiled program (type 3).
    tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", 3);
    tf.env().set("WEBGPU_CPU_FORWARD", false); // the same op must not change device with the size of its input
    gpu = { device, adapter: nameOf(info), software: isSoftware(info), failed: false };
    failDevice(undefined);
    watch(gpu);
    return gpu.adapter;
  },
  async wasm({ wasmPaths, threads, fused = true }) {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    if (!wasmStarted) {
      // tfjs keeps to one thread, so that the order of summation never depends on the machine or on page headers.
      tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      if (wasmPaths !== undefined) setWasmPaths(wasmPaths);
    }
    await inTime(startRegistered("wasm"));
    if (!wasmStarted) refuseWhenFull((tf.findBackend("wasm") as unknown as { wasm: WasmHeap }).wasm);
    wasmStarted = true;
    if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) return "wasm, 1 thread";
    shareProducts(threads);
    const build = fused ? bestBuild() : "plain";
    setBuild(build);
    const name = build === "fused" ? FUSED_WASM : "wasm SIMD";
    return `${name}, ${productThreads()} thread${productThreads() === 1 ? "" : "s"}`;
  },
  async cpu() {
    await import("@tensorflow/tfjs-backend-cpu");
    return "plain JavaScript";
  },
};

/** Tells what happens to the device to whoever works on it. */
function watch(own: Gpu): void {
  const { device } = own;
  const fail = (what: string, said: string, advice: string, kind = DeviceError) => {
    own.failed = true;
    if (gpu !== own || tf.getBackend() !== "webgpu") return; // another one is in use
    const reason = said.split("\n")[0]!.replace(/[.\s]+$/, "");
    failDevice(
      new kind(`The graphics device ${what} (${reason}); ${advice}, or set compute.backend to wasm`),
    );
  };
  device.addEventListener("uncapturederror", ({ error }) => {
    if (error instanceof GPUOutOfMemoryError) fail("ran out of memory", error.message, SMALLER);
    else fail("failed", error.message, AGAIN);
  });
  void device.lost.then(({ reason, message }) => fail("was lost", message || reason, AGAIN, DeviceLostError));
}

const AGAIN = "start the run again";

/** Of the WebAssembly binary, 400 kB from the page's own server. */
const LOAD_SECONDS = 60;

async function inTime(loading: Promise<void>): Promise<void> {
  const over = new AbortController();
  const silence = sleep(1000 * LOAD_SECONDS, over.signal).then(() => {
    throw new Error(`its files did not arrive within ${LOAD_SECONDS} s`);
  });
  await Promise.race([loading, silence]).finally(() => {
    silence.catch(() => undefined);
    over.abort();
  });
}

/** Starts a registered backend now, so that its own words about a failure are not lost. */
async function startRegistered(name: BackendName): Promise<void> {
  if (tf.findBackend(name)) return;
  const factory = tf.findBackendFactory(name);
  if (!factory) throw new Error("its package did not register it");
  if (!(await tf.setBackend(name)))
    throw new Error("its files could not be loaded (see the browser's console)");
}
