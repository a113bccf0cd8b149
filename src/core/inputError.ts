// Errors that are a person's to mend: bad input, told in one sentence. Both borders ask for the class.
import { machineErrorOf, type DeviceError, type StorageError } from "./machineError.ts";
import { messageOf } from "./messageOf.ts";

/** Told to a person as it is: one sentence, no stack wanted. The command line ends with 2. */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** A field, a link or a record that cannot be right. */
export class SpecError extends InputError {
  override readonly name = "SpecError";
}

/** A snapshot that another device made: a run cannot go on from it to its own bits, but a branch can begin there. */
export class OtherDeviceError extends InputError {
  override readonly name = "OtherDeviceError";
}

/** Bad data: a file that is missing, damaged or not what it should be. */
export class DataError extends InputError {
  override readonly name = "DataError";
}

/** There is no network, as far as the browser knows: whatever was to be fetched. */
export class OfflineError extends InputError {
  override readonly name = "OfflineError";
}

/** The same message as a DataError; for borders behind which every failure is about the data, or the machine's own. */
export function asDataError(cause: unknown): InputError | DeviceError | StorageError {
  if (cause instanceof InputError) return cause;
  return machineErrorOf(cause) ?? new DataError(messageOf(cause), { cause });
}

/** Bad input in a named file: `message` reads "FILE, line N: got ..., expected ...". */
export class TrecFormatError extends InputError {
  override readonly name = "TrecFormatError";
  readonly fileName: string;
  readonly line: number; // from 1
  constructor(fileName: string, line: number, what: string) {
    super(`${fileName}, line ${line}: ${what}`);
    this.fileName = fileName;
    this.line = line;
  }
}
