// Whether the device in use has failed, and how work on it ends then. Starts no device.
import type { DeviceError } from "../../core/machineError.ts";

let failure: DeviceError | undefined;
const waiting = new Set<(failure: DeviceError) => void>();

/**
 * WebGPU reports its failures later and elsewhere, and computes on with garbage: from now on every dispatch throws, and
 * work that waits for the device ends. The first reason stays, the rest follow from it; `undefined` is a new device.
 */
export function failDevice(error: DeviceError | undefined): void {
  if (error !== undefined && failure !== undefined) return;
  failure = error;
  if (error) for (const end of waiting) end(error);
}

/** @throws DeviceError if the device has failed */
export function requireDevice(): void {
  if (failure) throw failure;
}

/**
 * What the work gives. If the device fails meanwhile, that is the error: at once, since a read from a lost device may
 * never end, and whatever else the work has thrown or computed.
 */
export function onDevice<T>(work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    waiting.add(reject);
    void work()
      .then(
        (result) => (failure ? reject(failure) : resolve(result)),
        (error: unknown) => reject(failure ?? (error as Error)), // whatever it was that the work threw
      )
      .finally(() => waiting.delete(reject));
  });
}
