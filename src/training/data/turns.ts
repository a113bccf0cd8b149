// Long loops that let others have their turn, so that a cancel is heard while they last. Cancels nothing by itself.
import { tapped, type SourceFile } from "../../core/formats/sourceFile.ts";

/** Between two turns: a loop is slowed by little, and whoever cancels does not notice the wait. */
const EVERY_MS = 50;

/** To be called again and again; where it gives a promise, it is to be awaited. @throws the signal's reason once aborted */
export type TakeTurns = () => Promise<void> | undefined;

export function createTurns(signal: AbortSignal | undefined): TakeTurns {
  let last = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - last < EVERY_MS) return undefined;
    return new Promise((resolve, reject) =>
      setTimeout(() => {
        last = performance.now();
        if (signal?.aborted) reject(signal.reason as Error);
        else resolve();
      }, 0),
    );
  };
}

/** The same file; whoever reads it takes turns. */
export const readInTurns = (file: SourceFile, signal: AbortSignal | undefined): SourceFile =>
  tapped(file, createTurns(signal));
