// What a question can be a row of, by the languages that hold an answer. One rule for the plan and for what is refused before it.
import type { BatchKind } from "../spec/batchKind.ts";

const OWN = 1;
const CROSS = 2;
const MULTI = 4;

/** The bit that a question must have to be a row of the kind; of mono also its language must be the batch's. */
export const USE_OF: Readonly<Record<BatchKind, number>> = {
  mono: OWN,
  cross: CROSS,
  multi: MULTI,
  mixedMono: OWN,
};

/**
 * @param holders languages that the batch may use and that hold an answer
 * @param positives answers that a multi row needs, each in its own language
 * @returns the uses of a question in language `x`, as bits
 */
export function usesOf(x: number, holders: readonly number[], positives: number): number {
  const own = holders.includes(x);
  const others = holders.length - (own ? 1 : 0);
  return (own ? OWN : 0) | (others > 0 ? CROSS : 0) | (holders.length >= positives ? MULTI : 0);
}
