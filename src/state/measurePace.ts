// How long this device takes beside the one on which the encoders' table was measured: a loop of known length, in pieces
// between which the page goes on. Other work on the processor and a quota of it are in the time. Trains nothing.
import { paceStore } from "./paceStore.ts";

export interface PacePorts {
  nowMs(): number;
  /** Lets the page do what waits. */
  breathe(): Promise<unknown>;
}

const NUMBERS = 2 ** 16;
const ROUNDS = 64; // through them, in a piece
const PIECES = 12;
const TABLE_MS = 100; // for all pieces, on the table's device

/** @returns how many times as long as there, > 0 */
export async function measurePace({ nowMs, breathe }: PacePorts): Promise<number> {
  const numbers = new Float32Array(NUMBERS).fill(1);
  let takenMs = 0;
  for (let piece = -1; piece < PIECES; piece++) {
    await breathe();
    const start = nowMs();
    for (let round = 0; round < ROUNDS; round++)
      for (let i = 0; i < NUMBERS; i++) numbers[i] = numbers[i]! * 0.999 + 0.001;
    const ms = nowMs() - start;
    if (piece >= 0) takenMs += ms; // the first one is compiled on the way
  }
  return takenMs / TABLE_MS;
}

/** The page has loaded what it shows by then. */
const STILL_MS = 1500;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Measures once the page is still, and keeps it for the times said before Train.
 * @param whenQuiet resolves once no tab trains
 */
export async function keepPace(whenQuiet: () => Promise<void>): Promise<void> {
  await pause(STILL_MS);
  await whenQuiet();
  const pace = await measurePace({ nowMs: () => performance.now(), breathe: () => pause(0) });
  paceStore.getState().take(pace);
}
