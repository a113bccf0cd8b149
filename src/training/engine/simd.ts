// The engine's own WebAssembly, working on the heap of tfjs's wasm backend. Decides nothing: kernels call it by address.
// Reads two members of that backend which its types hide (tfjs 4.22.0, pinned); without them kernels use typed arrays.
import * as tf from "@tensorflow/tfjs-core";
import { placeOf, type Operand } from "./operand.ts";
import { allRoutines, type Routine, type SimdBuild } from "./simdModule.ts";

/** Routines of the .as files in training/simd; addresses are bytes into tfjs's heap, in the order written there. */
export interface Simd {
  readonly routines: Readonly<
    Record<
      | "matmul"
      | "matmulScratch"
      | "attentionForward"
      | "attentionBackward"
      | "attentionScratch"
      | "unitForward"
      | "unitBackward"
      | "biasGelu"
      | "geluBackward"
      | "layerNormForward"
      | "layerNormBackward"
      | "layerNormParamGradient"
      | "columnSums"
      | "segmentSum"
      | "adamw"
      | "adamwRows"
      | "poolForward"
      | "bagGradient"
      | "rankCounts"
      | "rankScratch",
      Routine
    >
  >;
  readonly build: SimdBuild;
  addressOf(operand: Operand): number;
  /** The heap from an address on, valid until the next tensor is made. */
  floats(address: number, size: number): Float32Array;
  /** Address of so many floats to work in, the same memory at each call. Never returns it to the heap. */
  scratch(floats: number): number;
}

interface WasmHeap {
  readonly wasm: {
    readonly asm?: { readonly memory?: unknown };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  getMemoryOffset(id: tf.DataId): number;
}

let build: SimdBuild = "plain";
const known: Record<SimdBuild, WeakMap<object, Simd | "none">> = {
  plain: new WeakMap(),
  fused: new WeakMap(),
};

/** From now on kernels run this build, whose bits differ from the other's. */
export function setBuild(next: SimdBuild): void {
  build = next;
}

/** The routines where the active backend is wasm and the engine has 128-bit SIMD, else nothing. */
export function simd(): Simd | undefined {
  if (tf.getBackend() !== "wasm") return undefined;
  const backend = tf.backend();
  let found = known[build].get(backend);
  if (!found) {
    found = instantiate(backend as unknown as WasmHeap) ?? "none";
    known[build].set(backend, found);
  }
  return found === "none" ? undefined : found;
}

function instantiate(backend: WasmHeap): Simd | undefined {
  const memory = backend.wasm.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) return undefined;
  let routines: Simd["routines"];
  try {
    routines = allRoutines(build, memory);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined; // no 128-bit SIMD
    throw error;
  }
  let block = { address: 0, floats: 0 };
  return {
    routines,
    build,
    addressOf(operand) {
      const { tensor, offset } = placeOf(operand);
      return backend.getMemoryOffset(tensor.dataId) + 4 * offset;
    },
    floats: (address, size) => new Float32Array(memory.buffer, address, size),
    scratch(floats) {
      if (floats > block.floats) {
        if (block.floats > 0) backend.wasm._free(block.address);
        block = { address: backend.wasm._malloc(floats * 4) >>> 0, floats };
      }
      return block.address;
    },
  };
}
