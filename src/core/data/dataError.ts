// Bad data told to a person: a file that is missing, damaged or not what it should be. One sentence, no stack wanted.
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The same message as a DataError; for borders behind which every failure is about the data. */
export function asDataError(cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  return new DataError(cause instanceof Error ? cause.message : String(cause), { cause });
}
