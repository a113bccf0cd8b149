// What a question can be a row of, by the languages that hold an answer. One rule for the plan and for what is refused before it.
import { kindFacts, type BatchKind } from "../spec/batchKind.ts";
import type { Answers } from "../spec/kindFacts.ts";

/** Whether a question can be answered so, of which its own language and `others` hold an answer. */
const FITS: Readonly<Record<Answers, (own: boolean, others: number, positives: number) => boolean>> = {
  own: (own) => own,
  another: (_, others) => others > 0,
  several: (own, others, positives) => Number(own) + others >= positives,
};
const ALL = Object.keys(FITS) as Answers[];
const bitOf = (answers: Answers): number => 1 << ALL.indexOf(answers);

/** The bit that a question must have to be a row of the kind; where a batch asks in one language, it must also be in that one. */
export const useOf = (kind: BatchKind): number => bitOf(kindFacts(kind).answers);

/**
 * @param holders languages that the batch may use and that hold an answer
 * @param positives answers of a row with several, each in its own language
 * @returns the uses of a question in language `x`, as bits
 */
export function usesOf(x: number, holders: readonly number[], positives: number): number {
  const own = holders.includes(x);
  const others = holders.length - Number(own);
  return ALL.reduce((uses, one, i) => (FITS[one](own, others, positives) ? uses | (1 << i) : uses), 0);
}
