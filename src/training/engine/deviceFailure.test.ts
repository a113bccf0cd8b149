// Work on a device that fails: it ends with the device's own reason, even where it would wait for ever.
import { afterEach, expect, it } from "vitest";
import { DeviceError } from "../../core/machineError.ts";
import { failDevice, onDevice, requireDevice } from "./deviceFailure.ts";

afterEach(() => failDevice(undefined));
const lost = new DeviceError("The graphics device was lost");

it("gives what the work gives while the device is well", async () => {
  expect(await onDevice(() => Promise.resolve(3))).toBe(3);
  await expect(onDevice(() => Promise.reject(new TypeError("own")))).rejects.toThrow(new TypeError("own"));
  expect(requireDevice).not.toThrow();
});

it("ends a wait that would never end", async () => {
  const work = onDevice(() => new Promise(() => undefined));
  failDevice(lost);
  await expect(work).rejects.toBe(lost);
  expect(requireDevice).toThrow(lost);
});

it("tells the first reason, not what followed from it", async () => {
  const work = onDevice(async () => {
    await Promise.resolve();
    failDevice(lost);
    failDevice(new DeviceError("a later one"));
    throw new DOMException("mapAsync was aborted", "AbortError");
  });
  await expect(work).rejects.toBe(lost);
});

it("waits a moment for the reason where a browser refuses first and tells later", async () => {
  const refused = new DOMException("Buffer was unmapped before mapping was resolved.", "AbortError");
  const work = onDevice(() => Promise.reject(refused));
  setTimeout(() => failDevice(lost), 20);
  await expect(work).rejects.toBe(lost);
  failDevice(undefined);
  await expect(onDevice(() => Promise.reject(refused), 10)).rejects.toBe(refused); // no reason came
});

it("trusts no number that was computed while the device failed", async () => {
  failDevice(lost); // noticed by nobody yet
  await expect(onDevice(() => Promise.resolve(0.5))).rejects.toBe(lost);
});

it("is well again on a new device", async () => {
  failDevice(lost);
  failDevice(undefined);
  expect(await onDevice(() => Promise.resolve(3))).toBe(3);
});
