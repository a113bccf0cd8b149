// A packed stream to its content: stops a bomb at its stated limit and words a damaged file's error. Keeps nothing.
import { DataError } from "../inputError.ts";
import { expansionLimit, inMiB } from "./limits.ts";
import { gunzipMembers } from "./gzipMembers.ts";

/** The content of a gzip file, of all its members. Ends and checksums are verified by the platform's decompressor. */
export function gunzip(
  packed: () => ReadableStream<Uint8Array>,
  name: string,
  packedBytes: number,
): ReadableStream<Uint8Array> {
  return guarded(gunzipMembers(packed), name, packedBytes, "a whole gzip file");
}

/**
 * @param name of the file, for errors
 * @param packedBytes its size, which bounds what it may expand to
 * @param kind what it should have been, when the stream fails: "a whole gzip file"
 */
export function guarded(
  chunks: AsyncGenerator<Uint8Array>,
  name: string,
  packedBytes: number,
  kind: string,
): ReadableStream<Uint8Array> {
  const limit = expansionLimit(packedBytes);
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (next.done === true) return controller.close();
        const { value } = next;
        size += value.byteLength;
        if (size > limit) {
          throw new DataError(
            `${name}: expands to more than ${inMiB(limit)}, the most for a packed file of ${packedBytes} bytes`,
          );
        }
        controller.enqueue(value);
      } catch (error) {
        await chunks.return(undefined);
        controller.error(damaged(name, kind, error));
      }
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
}

/** The one wording for a packed file that its library refuses. */
export function damaged(name: string, kind: string, cause: unknown): DataError {
  if (cause instanceof DataError) return cause; // says itself what is wrong
  const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
  return new DataError(`${name}: is not ${kind} (${reason})`, { cause });
}
