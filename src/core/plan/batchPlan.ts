// Which rows meet in which batch: the plan that everything which trains, replays or exports a run goes through.
// A pure function of spec and dataset, independent of backend and timing.
import { createRandom, type Random } from "../random.ts";
import { SpecError } from "../inputError.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { BATCH_KINDS, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { Batch, BatchRow } from "./batch.ts";
import { createLanguageDraw, drawHead, drawKind, type LanguageDraw } from "./batchHead.ts";
import { blindRows } from "./blindRows.ts";
import { createDeck, type Deck } from "./deck.ts";
import { createExistingRows } from "./existingRows.ts";
import type { PairTable } from "./pairTable.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";
import type { RowDraw, RowLaw } from "./rowDraw.ts";

/**
 * All batches of a run, in order. Batch s depends on all draws before it, through the decks; no other state is kept, so
 * a run goes on by drawing the first s batches again and leaving them out: exact, and cheap beside training.
 *
 * A language x is drawn with probability q_x ~ w_x * n_x^S (w = languages.train, n = training queries,
 * S = languages.exponent; Devlin 2019, Conneau 2020). Queries of a language come from a shuffled deck, so all
 * are used equally often. Concepts never repeat inside a batch. `batch.law` says how the other languages of a row and of a
 * batch are drawn: among what exists (ADR 27), or blind, as before age 4.
 * @param table of `trainLanguages(spec)`, in its order
 * @param ratioOf asked once a step, in order, when the batch of that step is drawn
 * @throws SpecError if a batch cannot be filled with distinct concepts
 */
export function batchPlan(
  spec: ExperimentSpec,
  table: PairTable,
  ratioOf: RatioOf = ratioAt,
): Generator<Batch> {
  return coursePlan([{ spec, table, from: 0, since: 0 }], ratioOf);
}

/** A stretch of a run under one spec, from batch `from` on. */
export interface PlannedStretch {
  readonly spec: ExperimentSpec;
  readonly from: number;
  readonly since: number; // where its run began, or branched off: an earlier stretch may be of the same run
  readonly table: PairTable; // of one corpus for all stretches, so that rows have one number
}

/**
 * The batches of a run whose spec changed on its way (a branch): up to the next stretch those of the one before. Streams are
 * forked by step, and each language's deck goes on where it was, so nothing is dealt anew.
 *
 * @param stretches at least one, the first from 0, all of one seed; the last one's `steps` end the plan
 */
export function* coursePlan(stretches: readonly PlannedStretch[], ratioOf: RatioOf): Generator<Batch> {
  const random = createRandom(stretches[0]!.spec.seed).fork("batches");
  const decks = new Map<string, Deck>();
  for (const [i, { spec, from, since, table }] of stretches.entries()) {
    const end = stretches[i + 1]?.from ?? spec.steps;
    const own = table.languages.map((lang, at) => {
      const deck = decks.get(lang) ?? createDeck(table.queries[at]!, random.fork(lang));
      deck.exchange(table.queries[at]!);
      decks.set(lang, deck);
      return deck;
    });
    const share = languageShares(spec, table);
    const rows = spec.batch.law === "blind" ? blindRows : createExistingRows(`stretch ${i}`);
    const law = { table, decks: own, share, languages: createLanguageDraw(spec, share), rows };
    for (let step = from; step < end; step++) {
      yield drawBatch(spec, law, ratioOf(spec, step, since), step, random.fork(step));
    }
  }
}

/** q_x of every language of the table, summing to 1. */
export function languageShares(spec: ExperimentSpec, table: PairTable): number[] {
  const raw = table.languages.map(
    (lang, i) => (spec.languages.train[lang] ?? 0) * table.queries[i]!.length ** spec.languages.exponent,
  );
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((q) => q / total);
}

/** What the batches of a stretch have in common. */
interface BatchLaw {
  readonly table: PairTable;
  readonly decks: readonly Deck[]; // by language, in the table's order
  readonly share: readonly number[]; // q_x
  readonly languages: LanguageDraw;
  readonly rows: RowLaw;
}

function drawBatch(spec: ExperimentSpec, law: BatchLaw, ratio: Ratio, step: number, random: Random): Batch {
  const { table, decks } = law;
  const { positives, size } = spec.batch;
  const head = drawHead(spec, law.share, ratio, random);
  const { monoLanguage } = head;
  const languages = law.languages(head, random);
  const draw: RowDraw = { ...languages, table, decks, random, positives, monoLanguage, used: new Set() };
  const drawRow = law.rows(draw);
  const names = languages.allowed.map((lang) => table.languages[lang]!);
  const rows: BatchRow[] = [];
  let left = ratio; // kinds that still have a row, where each row draws its own
  while (rows.length < size) {
    const kind = head.kind ?? drawKind(left, random);
    const row = drawRow(kind);
    if (row) {
      draw.used.add(row.concept);
      rows.push(row);
      continue;
    }
    left = { ...left, [kind]: 0 };
    const isLast = head.kind !== undefined || BATCH_KINDS.every((other) => left[other] === 0);
    if (isLast || spec.batch.law === "blind") throw new SpecError(shortage(step, kind, rows.length, names));
  }
  const kinds = new Set(rows.map((row) => row.kind));
  return {
    step,
    kind: kinds.size === 1 ? rows[0]!.kind : "mixed",
    languages: [...names].sort(),
    rows,
  };
}

function shortage(step: number, kind: BatchKind, nRows: number, languages: readonly string[]): string {
  const where = `step ${step} (${kind}) ran out of unused concepts after ${nRows} rows in ${languages.join(", ")}`;
  const advice = nRows < 2 ? "use more languages" : `choose at most ${nRows}, or use more languages`;
  return `batch.size: ${where}; ${advice}`;
}
