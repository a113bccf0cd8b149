// What the rows of one batch are drawn from, whatever the law by which they are.
import type { Random } from "../random.ts";
import type { BatchKind } from "../spec/batchKind.ts";
import type { BatchRow } from "./batch.ts";
import type { BatchLanguages } from "./batchHead.ts";
import type { Deck } from "./deck.ts";
import type { PairTable } from "./pairTable.ts";

export interface RowDraw extends BatchLanguages {
  readonly table: PairTable;
  readonly decks: readonly Deck[]; // by language, in the table's order
  readonly random: Random; // of this batch
  readonly positives: number; // of a row with several answers
  readonly monoLanguage: number;
  readonly used: Set<number>; // concepts of the rows drawn so far
}

/** Draws the rows of one batch, one a call; undefined if there is none of the kind. */
export type RowLaw = (draw: RowDraw) => (kind: BatchKind) => BatchRow | undefined;

/** The row of a question, with a passage in each of `targets`; every one holds its concept. */
export function rowOf(
  { table, random }: RowDraw,
  kind: BatchKind,
  query: number,
  targets: readonly number[],
): BatchRow {
  const concept = table.conceptOf[query]!;
  const passages = targets.map((y) => {
    const choices = table.passagesOf(concept, y);
    return choices.length === 1 ? choices[0]! : choices[random.int(choices.length)]!;
  });
  return { kind, concept, query, passages };
}
