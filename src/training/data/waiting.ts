// Waiting that a signal can end: pauses between tries, and a watch over a server's silence; and what is said when it was for
// nothing.
import { OfflineError } from "../../core/inputError.ts";

/** A server that sends nothing for this long counts as failed, and is asked again. */
export const SILENCE_MS = 15_000;

/** @throws the signal's reason when it aborts */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const end = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error); // only an aborted signal calls this
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

export interface SilenceGuard {
  readonly signal: AbortSignal; // aborts on the caller's signal or after `ms` without onBytes
  onBytes(): void;
  isSilent(): boolean;
  end(): void;
}

export function silenceGuard(ms: number, signal: AbortSignal | undefined): SilenceGuard {
  const silence = new AbortController();
  const start = () => setTimeout(() => silence.abort(), ms);
  let timer: ReturnType<typeof start> | undefined = start();
  return {
    signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    onBytes() {
      if (timer === undefined) return; // ended
      clearTimeout(timer);
      timer = start();
    },
    isSilent: () => silence.signal.aborted,
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/**
 * What to throw when fetching something has failed for good.
 * @param said the sentence for any other reason than want of a network
 */
export function fetchError(what: string, said: Error): Error {
  // Node knows no such thing, and a browser that says it is online may be wrong.
  const navigator = globalThis.navigator as { readonly onLine?: boolean } | undefined;
  if (navigator?.onLine !== false) return said;
  const cause = said.cause ?? said;
  return new OfflineError(
    `You seem to be offline: ${what} could not be fetched. Connect to the network and try again`,
    { cause },
  );
}

/** fetch() says only "fetch failed"; in Node the reason is the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
