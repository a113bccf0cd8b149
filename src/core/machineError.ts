// What the machine, not a person's input, could not do: one sentence with what to do about it. Both borders ask for the
// class; errors that browsers and Node throw themselves are told by their own classes and words, here and nowhere else.
import { messageOf } from "./messageOf.ts";

/** Name of the error where a device was lost: borders that carry names only can tell it by that. */
export const DEVICE_LOST = "DeviceLostError";

/** The device is lost or its memory used up: what it held is gone, and the engine has to be started anew. */
export class DeviceError extends Error {
  override readonly name: string = "DeviceError";
}

/** The device is gone for no fault of the work on it, which a new one can go on with. */
export class DeviceLostError extends DeviceError {
  override readonly name = DEVICE_LOST;
}

/** Nothing more can be kept on this machine. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

export const SMALLER = "choose fewer languages, a smaller batch.size or a smaller encoder";

/** @returns ours as it is, one of the browser's or Node's own in our words, or undefined for any other error */
export function machineErrorOf(error: unknown): DeviceError | StorageError | undefined {
  if (error instanceof DeviceError || error instanceof StorageError) return error;
  if (!(error instanceof Error)) return undefined;
  const { name } = error;
  const said = messageOf(error).split("\n")[0]!;
  const code = "code" in error ? error.code : undefined;
  if (name === "QuotaExceededError" || code === "ENOSPC" || code === "EDQUOT") {
    return new StorageError(
      `There is no room left to keep this (${said}); remove datasets or encoders, or free space on the disk`,
      { cause: error },
    );
  }
  if (error instanceof WebAssembly.RuntimeError) {
    // Memory that cannot grow shows as a trap or an abort; the heap cannot be used after it.
    return new DeviceError(
      `The WebAssembly device stopped, most likely for want of memory (${said}); ${SMALLER}`,
      {
        cause: error,
      },
    );
  }
  if (code === "ENOMEM" || (/^(Range|Internal)Error$/.test(name) && NO_MEMORY.test(said))) {
    return new DeviceError(`This machine has no memory left for this (${said}); ${SMALLER}`, {
      cause: error,
    });
  }
  return undefined;
}

/** Chromium and Node, Firefox, Safari; `createBuffer` is WebGPU's. */
const NO_MEMORY =
  /allocation failed|typed array length: \d|array buffer length|could not allocate|allocation size overflow|out of memory|maximum memory size|createBuffer failed/i;
