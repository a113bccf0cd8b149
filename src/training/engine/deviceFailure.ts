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
 * @param saidWithinMs how long a refused read may wait for the device's own reason
 */
export async function onDevice<T>(work: () => Promise<T>, saidWithinMs = 10_000): Promise<T> {
  let end: (failure: DeviceError) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (end = reject));
  waiting.add(end);
  try {
    const result = await Promise.race([work(), failed]);
    requireDevice();
    return result;
  } catch (error) {
    // Chromium refuses what was asked of a lost device before it says that the device is lost; a busy one takes seconds.
    if (error instanceof DOMException) await Promise.race([failed, pause(saidWithinMs)]);
    throw failure ?? error;
  } finally {
    waiting.delete(end);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
