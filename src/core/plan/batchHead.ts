// The first draws of a batch: its kind and the languages that it may use. Draws no rows (see batchPlan.ts).
import type { Random } from "../random.ts";
import { BATCH_KINDS, asksInOne, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { drawDistinct, drawSet, fitSet, isEven, sharesWithin } from "./languageSet.ts";

/** Drawn before anything else, from the batch's own stream. */
export interface BatchHead {
  readonly kind: BatchKind | undefined; // undefined where each row draws its own
  readonly monoLanguage: number;
}

/** @param share q_x of the languages, in the pair table's order */
export function drawHead(
  { batch }: ExperimentSpec,
  share: readonly number[],
  ratio: Ratio,
  random: Random,
): BatchHead {
  const kind = batch.unit === "batch" ? drawKind(ratio, random) : undefined;
  return { kind, monoLanguage: random.weighted(share) };
}

export function drawKind(ratio: Ratio, random: Random): BatchKind {
  return BATCH_KINDS[random.weighted(BATCH_KINDS.map((kind) => ratio[kind]))]!;
}

/** Languages that a batch may use, and how they share its rows. */
export interface BatchLanguages {
  readonly allowed: readonly number[]; // ascending
  readonly among: readonly number[]; // in proportion to this a row's language is drawn; 0 for all others
}

/** Draws the languages of a batch, right after its head. */
export type LanguageDraw = (head: BatchHead, random: Random) => BatchLanguages;

/**
 * The mono language is among them (rows may be mono), and where the law is "existing" each language has its share over
 * all batches: sets are drawn with the probabilities of `fitSet`, given that the mono language, drawn by its share, is in,
 * and shared within as `sharesWithin` says. With even shares, and blind, languages are drawn one after the other.
 */
export function createLanguageDraw(
  { batch, languages }: ExperimentSpec,
  share: readonly number[],
): LanguageDraw {
  const everyone = [...share.keys()];
  const size = languages.perBatch === 0 ? share.length : Math.min(languages.perBatch, share.length);
  const inTurn = batch.law === "blind" || isEven(share);
  const chances = inTurn || size === share.length ? [] : fitSet(share, size);
  return ({ kind, monoLanguage }, random) => {
    if (kind && asksInOne(kind)) return masked([monoLanguage], share);
    if (inTurn) return masked(drawDistinct(share, size, random, monoLanguage), share);
    if (size === share.length) return { allowed: everyone, among: share };
    const others = everyone.filter((lang) => lang !== monoLanguage);
    const rest = drawSet(chances, others, size - 1, random);
    const allowed = [monoLanguage, ...rest].sort((a, b) => a - b);
    return { allowed, among: sharesWithin(allowed, share, chances) };
  };
}

function masked(allowed: readonly number[], share: readonly number[]): BatchLanguages {
  return { allowed, among: share.map((q, lang) => (allowed.includes(lang) ? q : 0)) };
}
