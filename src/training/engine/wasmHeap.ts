// tfjs asks its WebAssembly heap for memory without looking whether it got any. A full heap gives address 0, where it keeps
// its own, or memory beyond its end; here it refuses instead.
import { DeviceError, SMALLER } from "../../core/machineError.ts";

export interface WasmHeap {
  readonly HEAPU8: Uint8Array; // all of it, as it is now
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** From now on `heap._malloc` throws a DeviceError where it has no such room; the heap is not to be used after that. */
export function refuseWhenFull(heap: WasmHeap): void {
  heap._free(heap._malloc(1)); // Emscripten puts the real function in place at the first call
  const malloc = heap._malloc;
  heap._malloc = (bytes) => {
    const address = malloc(bytes);
    const isThere = address !== 0 && (address >>> 0) + bytes <= heap.HEAPU8.length; // from 4 GiB on sizes wrap around
    if (isThere || bytes === 0) return address;
    const size = Math.ceil(bytes / 2 ** 20);
    throw new DeviceError(`The WebAssembly device has no room for another ${size} MiB; ${SMALLER}`);
  };
}
