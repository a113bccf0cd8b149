// What the batches of a plan will draw their rows from, known before any row is drawn: the head of each is, as the plan does it.
import { createRandom } from "../random.ts";
import { BATCH_KINDS, asksInOne, eachKind, ofKinds, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import { mixRule, usedKinds } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { createLanguageDraw, drawHead, type BatchLanguages } from "./batchHead.ts";
import { languageShares } from "./batchPlan.ts";
import type { PairTable } from "./pairTable.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";
import { useOf, usesOf } from "./rowUse.ts";

/** One source of rows, and how many batches draw from it. */
export interface PlanSource extends BatchLanguages {
  readonly kinds: readonly BatchKind[]; // one, or all that rows may be of
  readonly monoLanguage: number; // -1 where none of them asks in one language
  readonly positives: number;
  readonly batches: number;
  readonly ratio: Ratio; // summed over the batches
}

/** Steps of a plan: `from` counts, `to` does not. */
export interface PlanRange {
  readonly from?: number;
  readonly to?: number;
}

/**
 * Of a rule that decides while training, every kind that it may ask for at every step.
 */
export function planSources(
  spec: ExperimentSpec,
  table: PairTable,
  range: PlanRange & { readonly ratioOf?: RatioOf } = {},
): PlanSource[] {
  if (range.ratioOf || mixRule(spec).observes === "nothing" || spec.batch.unit === "row") {
    return sourcesOf(spec, table, range);
  }
  return usedKinds(spec).flatMap((kind) =>
    sourcesOf(spec, table, { ...range, ratioOf: () => onlyKind(kind) }),
  );
}

/** The mix of one kind alone. */
export const onlyKind = (kind: BatchKind): Ratio => ofKinds({ [kind]: 1 });

function sourcesOf(
  spec: ExperimentSpec,
  table: PairTable,
  { from = 0, to = spec.steps, ratioOf = ratioAt }: PlanRange & { readonly ratioOf?: RatioOf },
): PlanSource[] {
  const share = languageShares(spec, table);
  const drawLanguages = createLanguageDraw(spec, share);
  const everyone = [...share.keys()];
  const isWhole = spec.languages.perBatch === 0 || spec.languages.perBatch >= share.length;
  const random = createRandom(spec.seed).fork("batches");
  const known = new Map<string, PlanSource>();
  for (let step = from; step < to; step++) {
    const own = random.fork(step);
    const ratio = ratioOf(spec, step, from);
    const head = drawHead(spec, share, ratio, own);
    const kinds = head.kind ? [head.kind] : BATCH_KINDS.filter((kind) => ratio[kind] > 0);
    const languages =
      isWhole && !(head.kind && asksInOne(head.kind))
        ? { allowed: everyone, among: share }
        : drawLanguages(head, own);
    const monoLanguage = kinds.some(asksInOne) ? head.monoLanguage : -1;
    const key = `${kinds.join()} ${monoLanguage} ${languages.allowed.join()}`;
    const positives = Math.min(spec.batch.positives, languages.allowed.length);
    const before = known.get(key);
    known.set(key, {
      ...(before ?? { ...languages, kinds, monoLanguage, positives }),
      batches: (before?.batches ?? 0) + 1,
      ratio: before ? sum(before.ratio, ratio) : ratio,
    });
  }
  return [...known.values()];
}

const sum = (a: Ratio, b: Ratio): Ratio => eachKind((kind) => a[kind] + b[kind]);

/** Kinds of which a question in language `x` about the concept can be a row. */
export function kindsOf(
  { kinds, among, monoLanguage, positives }: Omit<PlanSource, "batches" | "ratio" | "allowed">,
  table: PairTable,
  x: number,
  concept: number,
): readonly BatchKind[] {
  const holders = table.holdersOf(concept).filter((lang) => among[lang]! > 0);
  const uses = usesOf(x, holders, positives);
  return kinds.filter((kind) => (uses & useOf(kind)) !== 0 && (!asksInOne(kind) || x === monoLanguage));
}
