// How far languages will fall short of their shares, reckoned from counts of concepts before anything is trained. Draws no row.
import { BATCH_KINDS, asksInOne, type BatchKind } from "../spec/batchKind.ts";
import { keptFor } from "../keptFor.ts";
import { createAnswerLaw } from "./answerLaw.ts";
import type { PairTable } from "./pairTable.ts";
import { kindsOf, type PlanSource } from "./planSources.ts";

/** Of all rows of one kind: each language's part of the questions and of the passages, in the table's order. */
export interface Balance {
  readonly kind: BatchKind;
  readonly asked: readonly number[]; // the parts that the languages' weights ask for
  readonly questions: readonly number[];
  readonly passages: readonly number[];
}

const MOST_SOURCES = 20; // of many sets of languages the commonest are reckoned
const PARTS = 16; // in which a batch is filled
const BATCHES = 40; // until the pull of concepts is settled
const MOST_PULL = 1000;

/** For each kind but those whose batches hold one language each and give every one its share. */
export function balanceOf(table: PairTable, sources: readonly PlanSource[], size: number): Balance[] {
  const none = () => table.languages.map(() => 0);
  const sums = new Map(
    BATCH_KINDS.map((kind) => [kind, { asked: none(), questions: none(), passages: none() }]),
  );
  const common = sources
    .filter(({ kinds }) => !kinds.every(asksInOne))
    .sort((a, b) => b.batches - a.batches)
    .slice(0, MOST_SOURCES);
  for (const source of common) {
    const { among, allowed, positives, batches } = source;
    const law = createAnswerLaw(among, positives);
    for (const { kind, x, concepts, rows } of flowOf(source, table, size)) {
      const { asked, questions, passages } = sums.get(kind)!;
      for (const [i, { concept }] of concepts.entries()) {
        const weight = rows[i]! * batches;
        questions[x]! += weight;
        const holders = table.holdersOf(concept).filter((lang) => among[lang]! > 0);
        law.chances(kind, x, holders).forEach((chance, h) => (passages[holders[h]!]! += chance * weight));
      }
      const all = rows.reduce((a, b) => a + b, 0) * batches;
      for (const lang of allowed) asked[lang]! += among[lang]! * all;
    }
  }
  return BATCH_KINDS.flatMap((kind) => {
    const { asked, questions, passages } = sums.get(kind)!;
    if (asksInOne(kind) || questions.every((rows) => rows === 0)) return [];
    return [{ kind, asked: parts(asked), questions: parts(questions), passages: parts(passages) }];
  });
}

function parts(amounts: readonly number[]): number[] {
  const all = total(amounts);
  return amounts.map((amount) => amount / all);
}

/** What one language can ask in rows of one kind. */
interface Well {
  readonly kind: BatchKind;
  readonly x: number;
  readonly share: number; // of the kind's rows
  readonly concepts: readonly Stock[];
  readonly questions: readonly number[]; // about each of the concepts
  readonly pull: number[]; // of each concept: what waits in the deck comes first
  rows: number[]; // drawn so far of each
}

/** Of one concept: 1 while no row of the batch is about it. */
interface Stock {
  readonly concept: number;
  left: number;
}

/** Of a table's last sources: a study asks for the same ones with every seed. */
const flows = keptFor<readonly Well[]>(8);
const MOST_KEPT = 200_000; // questions of a table beyond which they would take too much memory

function flowOf(source: PlanSource, table: PairTable, size: number): readonly Well[] {
  if (table.conceptOf.length > MOST_KEPT) return reckonFlow(source, table, size);
  const { kinds, allowed, among, monoLanguage, positives, ratio } = source;
  const parts = kinds.length > 1 ? kinds.map((kind) => ratio[kind]) : []; // of one kind it is no matter how much
  const asked = JSON.stringify([kinds, allowed, [...among], monoLanguage, positives, parts, size]);
  return flows(table, asked, () => reckonFlow(source, table, size));
}

/**
 * The rows of one batch in the long run. Decks use questions equally often, so what other languages take away is asked all
 * the sooner in the next batch: concepts pull the more the less they come up.
 */
function reckonFlow(source: PlanSource, table: PairTable, size: number): readonly Well[] {
  const wells = wellsOf(source, table);
  fill(source, wells, size);
  const isScarce = wells.some(
    ({ concepts }) => total(concepts.map(({ left }) => left)) < concepts.length / 2,
  );
  for (let batch = 1; isScarce && batch < BATCHES; batch++) {
    for (const { questions, pull, rows } of wells) {
      const even = total(rows) / total(questions);
      rows.forEach((drawn, c) => {
        const wanted = drawn > 0 ? (even * questions[c]!) / drawn : MOST_PULL;
        pull[c] = Math.min(MOST_PULL, Math.max(1 / MOST_PULL, pull[c]! * wanted));
      });
    }
    fill(source, wells, size);
  }
  return wells;
}

/**
 * One batch as a flow: each language and kind takes its part from what is left of its concepts; when it has none left, the
 * others of the kind take more, and when a kind has none, the other kinds.
 */
function fill({ ratio }: PlanSource, wells: readonly Well[], size: number): void {
  for (const well of wells) {
    well.rows = well.concepts.map(() => 0);
    for (const stock of well.concepts) stock.left = 1;
  }
  let missing = size;
  for (let part = 0; part < 4 * PARTS && missing > 1e-6; part++) {
    const supplies = wells.map(({ concepts, pull }) =>
      concepts.reduce((sum, { left }, i) => sum + pull[i]! * left, 0),
    );
    const open = wells.filter((_, i) => supplies[i]! > 1e-9);
    const kinds = [...new Set(open.map(({ kind }) => kind))];
    const ofKinds = kinds.reduce((sum, kind) => sum + ratio[kind], 0);
    const wanted = new Map<Stock, number>();
    const takes = wells.map(({ kind, share, concepts, pull }, i) => {
      if (supplies[i]! <= 1e-9) return [];
      const ofKind = open.reduce((sum, other) => sum + (other.kind === kind ? other.share : 0), 0);
      const rows = (Math.min(missing, size / PARTS) * ratio[kind] * share) / (ofKinds * ofKind);
      return concepts.map((stock, c) => {
        const take = (rows * pull[c]! * stock.left) / supplies[i]!;
        wanted.set(stock, (wanted.get(stock) ?? 0) + take);
        return take;
      });
    });
    for (const [i, { concepts, rows }] of wells.entries()) {
      takes[i]!.forEach((take, c) => {
        const stock = concepts[c]!;
        const got = take * Math.min(1, stock.left / (wanted.get(stock)! || 1));
        rows[c]! += got;
        missing -= got;
      });
    }
    for (const [stock, all] of wanted) stock.left = Math.max(0, stock.left - all);
  }
}

const total = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);

function wellsOf(source: PlanSource, table: PairTable): Well[] {
  const stocks = new Map<number, Stock>();
  const stockOf = (concept: number) => {
    const stock = stocks.get(concept) ?? { concept, left: 1 };
    stocks.set(concept, stock);
    return stock;
  };
  return source.allowed.flatMap((x) => {
    const counts = new Map<number, number>();
    for (const query of table.queries[x]!) {
      const concept = table.conceptOf[query]!;
      counts.set(concept, (counts.get(concept) ?? 0) + 1);
    }
    const kindsBy = new Map(
      [...counts.keys()].map((concept) => [concept, kindsOf(source, table, x, concept)]),
    );
    return source.kinds.flatMap((kind) => {
      const own = [...counts.keys()].filter((concept) => kindsBy.get(concept)!.includes(kind));
      if (own.length === 0) return [];
      return [
        {
          kind,
          x,
          share: asksInOne(kind) ? 1 : source.among[x]!,
          concepts: own.map(stockOf),
          questions: own.map((concept) => counts.get(concept)!),
          pull: own.map((concept) => counts.get(concept)!),
          rows: own.map(() => 0),
        },
      ];
    });
  });
}
