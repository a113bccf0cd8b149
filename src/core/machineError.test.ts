// Which errors of browsers and Node are the machine's limits, and what a person is told to do about them.
import { expect, it } from "vitest";
import { asDataError, DataError, SpecError } from "./inputError.ts";
import { DeviceError, machineErrorOf, StorageError } from "./machineError.ts";

const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

it.each([
  [new RangeError("Array buffer allocation failed")],
  [new RangeError("Invalid typed array length: 8589934592")],
  [new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded")],
  [named("InternalError", "allocation size overflow")], // Firefox
  [new RangeError("Out of memory")], // Safari
  [coded("ENOMEM", "ENOMEM: not enough memory, read")],
  [new RangeError("createBuffer failed, size (4294967296) is too large")],
])("takes %s for want of memory", (error) => {
  const told = machineErrorOf(error);
  expect(told).toBeInstanceOf(DeviceError);
  expect(told!.message).toBe(
    `This machine has no memory left for this (${error.message}); choose fewer languages, a smaller batch.size or a smaller encoder`,
  );
  expect(told!.cause).toBe(error);
});

it("takes a trap or an abort of WebAssembly for want of memory, as it nearly always is", () => {
  const told = machineErrorOf(
    new WebAssembly.RuntimeError("Aborted(). Build with -sASSERTIONS for more info."),
  );
  expect(told).toBeInstanceOf(DeviceError);
  expect(told!.message).toMatch(
    /^The WebAssembly device stopped, most likely for want of memory \(Aborted\(\)/,
  );
});

it.each([
  [new DOMException("The operation would exceed the quota.", "QuotaExceededError")],
  [coded("ENOSPC", "ENOSPC: no space left on device, write")],
  [coded("EDQUOT", "EDQUOT: disk quota exceeded, write")],
])("takes %s for storage that is full", (error) => {
  const told = machineErrorOf(error);
  expect(told).toBeInstanceOf(StorageError);
  expect(told!.message).toBe(
    `There is no room left to keep this (${error.message}); remove datasets or encoders, or free space on the disk`,
  );
});

it.each([
  [new RangeError("ndcgAt: no relevant candidate")],
  [new RangeError("Invalid typed array length: -1")], // a mistake, not a large number
  [new Error("Array buffer allocation failed")], // no engine throws it so
  [coded("ENOENT", "ENOENT: no such file")],
  ["text"],
])("leaves %s alone", (error) => expect(machineErrorOf(error)).toBeUndefined());

it("keeps what is no fault of the data from being called one", () => {
  expect(asDataError(new RangeError("Array buffer allocation failed"))).toBeInstanceOf(DeviceError);
  expect(asDataError(new DOMException("full", "QuotaExceededError"))).toBeInstanceOf(StorageError);
  const own = new SpecError("languages.train: en is missing");
  expect(asDataError(own)).toBe(own);
  expect(asDataError(new Error("cut short"))).toEqual(new DataError("cut short"));
});
