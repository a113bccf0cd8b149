// Which rows meet in which batch: the plan that everything which trains, replays or exports a run goes through.
// A pure function of spec and dataset, independent of backend and timing.
import { createRandom, type Random } from "../random.ts";
import { SpecError } from "../inputError.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { BatchKind, Ratio } from "../spec/batchKind.ts";
import type { Batch, BatchRow } from "./batch.ts";
import { drawDistinct, drawHead, drawKind, drawLanguages } from "./batchHead.ts";
import { createDeck, type Deck } from "./deck.ts";
import type { PairTable } from "./pairTable.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";

/**
 * All batches of a run, in order. Batch s depends on all draws before it, through the decks; no other state is kept, so
 * a run goes on by drawing the first s batches again and leaving them out: exact, and cheap beside training.
 *
 * A language x is drawn with probability q_x ~ w_x * n_x^S (w = languages.train, n = training queries,
 * S = languages.exponent; Devlin 2019, Conneau 2020). Queries of a language come from a shuffled deck, so all
 * are used equally often. Concepts never repeat inside a batch.
 * @param table of `trainLanguages(spec)`, in its order
 * @param ratioOf asked once a step, in order, when the batch of that step is drawn
 * @throws SpecError if a batch cannot be filled with distinct concepts
 */
export function batchPlan(
  spec: ExperimentSpec,
  table: PairTable,
  ratioOf: RatioOf = ratioAt,
): Generator<Batch> {
  return coursePlan([{ spec, table, from: 0 }], ratioOf);
}

/** A stretch of a run under one spec, from batch `from` on. */
export interface PlannedStretch {
  readonly spec: ExperimentSpec;
  readonly from: number;
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
  for (const [i, { spec, from, table }] of stretches.entries()) {
    const end = stretches[i + 1]?.from ?? spec.steps;
    const own = table.languages.map((lang, at) => {
      const deck = decks.get(lang) ?? createDeck(table.queries[at]!, random.fork(lang));
      deck.exchange(table.queries[at]!);
      decks.set(lang, deck);
      return deck;
    });
    const languages: Languages = { table, decks: own, share: languageShares(spec, table) };
    for (let step = from; step < end; step++) {
      yield drawBatch(spec, languages, ratioOf(spec, step), step, random.fork(step));
    }
  }
}

/** Where rows come from, by language: the table's order. */
interface Languages {
  readonly table: PairTable;
  readonly decks: readonly Deck[];
  readonly share: readonly number[]; // q_x
}

/** What a batch is drawn from once its languages are. */
interface Draw extends Languages {
  readonly random: Random; // of this batch
  readonly positives: number; // of a multi row
  readonly monoLanguage: number;
  readonly among: readonly number[]; // q_x of the languages that the batch may use, 0 for all others
  readonly used: Set<number>; // concepts of the rows drawn so far
}

/** q_x of every language of the table, summing to 1. */
export function languageShares(spec: ExperimentSpec, table: PairTable): number[] {
  const raw = table.languages.map(
    (lang, i) => (spec.languages.train[lang] ?? 0) * table.queries[i]!.length ** spec.languages.exponent,
  );
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((q) => q / total);
}

function drawBatch(
  spec: ExperimentSpec,
  languages: Languages,
  ratio: Ratio,
  step: number,
  random: Random,
): Batch {
  const { table, share } = languages;
  const head = drawHead(spec, share, ratio, random);
  const { monoLanguage } = head;
  const allowed = drawLanguages(spec, share, head, random);
  const among = share.map((q, lang) => (allowed.includes(lang) ? q : 0));

  const { positives } = spec.batch;
  const draw: Draw = { ...languages, random, positives, monoLanguage, among, used: new Set() };
  const rows: BatchRow[] = [];
  while (rows.length < spec.batch.size) {
    const kind = head.kind ?? drawKind(ratio, random);
    const row = drawRow(draw, kind);
    if (!row) {
      throw new SpecError(
        `batch.size: step ${step} (${kind}) ran out of unused concepts after ${rows.length} rows in ` +
          `${allowed.map((lang) => table.languages[lang]).join(", ")}; choose a smaller batch or more languages`,
      );
    }
    draw.used.add(row.concept);
    rows.push(row);
  }
  const kinds = new Set(rows.map((row) => row.kind));
  return {
    step,
    kind: kinds.size === 1 ? rows[0]!.kind : "mixed",
    languages: allowed.map((lang) => table.languages[lang]!).sort(),
    rows,
  };
}

function drawRow(draw: Draw, kind: BatchKind): BatchRow | undefined {
  const { table, decks, random, used } = draw;
  // A language may lack the concepts that are left; another draw may not. The bound only ends hopeless cases.
  for (let attempt = 0; attempt < 20; attempt++) {
    const x = kind === "mono" ? draw.monoLanguage : random.weighted(draw.among);
    const targets = targetLanguages(draw, kind, x);
    const query = decks[x]!.draw((row) => {
      const concept = table.conceptOf[row]!;
      return !used.has(concept) && targets.every((y) => table.passagesOf(concept, y).length > 0);
    });
    if (query === undefined) continue;
    const concept = table.conceptOf[query]!;
    const passages = targets.map((y) => {
      const choices = table.passagesOf(concept, y);
      return choices.length === 1 ? choices[0]! : choices[random.int(choices.length)]!;
    });
    return { kind, concept, query, passages };
  }
  return undefined;
}

/** Languages of the passages of a row whose query is in language `x`. */
function targetLanguages({ among, positives, random }: Draw, kind: BatchKind, x: number): number[] {
  switch (kind) {
    case "mono":
    case "mixedMono":
      return [x];
    case "cross":
      return [random.weighted(among.map((q, lang) => (lang === x ? 0 : q)))];
    case "multi":
      return drawDistinct(among, positives, random);
  }
}
