// The first draws of a batch: its kind and the languages that it may use. Draws no rows (see batchPlan.ts).
import type { Random } from "../random.ts";
import { BATCH_KINDS, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

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

/** Languages that the batch may use, ascending; drawn right after its head. */
export function drawLanguages(
  { languages }: ExperimentSpec,
  share: readonly number[],
  { kind, monoLanguage }: BatchHead,
  random: Random,
): number[] {
  if (kind === "mono") return [monoLanguage];
  return drawDistinct(share, languages.perBatch || share.length, random, monoLanguage);
}

/** `n` different languages in proportion to `share`, one after the other; `first` is among them if given. */
export function drawDistinct(share: readonly number[], n: number, random: Random, first?: number): number[] {
  const left = [...share];
  const drawn: number[] = [];
  const take = (lang: number) => {
    drawn.push(lang);
    left[lang] = 0;
  };
  if (first !== undefined) take(first);
  while (drawn.length < n && left.some((q) => q > 0)) take(random.weighted(left));
  return drawn.sort((a, b) => a - b);
}
