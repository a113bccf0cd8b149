// Whether the data can fill the batches that a plan will ask for, known before anything is trained. Draws the head of each
// batch as the plan does, and no rows: what is refused here would fail there, at that step.
import { createRandom } from "../random.ts";
import { SpecError } from "../inputError.ts";
import { BATCH_KINDS, type BatchKind } from "../spec/batchKind.ts";
import { usedKinds } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { drawHead, drawLanguages } from "./batchHead.ts";
import { languageShares } from "./batchPlan.ts";
import type { PairTable } from "./pairTable.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";

/** What one batch draws its rows from. */
interface Source {
  readonly kinds: readonly BatchKind[];
  readonly languages: readonly number[];
  readonly monoLanguage: number;
  readonly positives: number;
}

/**
 * @param table of `trainLanguages(spec)`, in its order
 * @throws SpecError if some batch needs more different concepts than its kind has in its languages, with the largest size
 *   that works. A batch that passes may still fail where few concepts are spread over many pairs of languages.
 */
export function checkFill(
  spec: ExperimentSpec,
  table: PairTable,
  datasetId: string,
  ratioOf: RatioOf = ratioAt,
): void {
  const { size, positives } = spec.batch;
  const share = languageShares(spec, table);
  const everyone = [...share.keys()];
  const isWhole = spec.languages.perBatch === 0 || spec.languages.perBatch >= share.length;
  const random = createRandom(spec.seed).fork("batches");
  const known = new Map<string, number>();
  let worst: { readonly source: Source; readonly usable: number } | undefined;
  for (let step = 0; step < spec.steps; step++) {
    const own = random.fork(step);
    const ratio = ratioOf(spec, step);
    const head = drawHead(spec, share, ratio, own);
    const kinds = head.kind ? [head.kind] : BATCH_KINDS.filter((kind) => ratio[kind] > 0);
    const languages = isWhole && head.kind !== "mono" ? everyone : drawLanguages(spec, share, head, own);
    const mono = kinds.includes("mono") ? head.monoLanguage : -1;
    const key = `${kinds.join()} ${mono} ${languages.join()}`;
    if (known.has(key)) continue;
    const source = { kinds, languages, monoLanguage: mono, positives };
    const usable = countUsable(table, source, size);
    known.set(key, usable);
    if (usable < size && usable < (worst?.usable ?? size)) worst = { source, usable };
  }
  if (worst) throw new SpecError(refusal(worst.source, worst.usable));

  function refusal({ kinds, languages }: Source, usable: number): string {
    const names = languages.map((lang) => table.languages[lang]!);
    const where = names.length > 6 ? `${names.slice(0, 6).join(", ")} and others` : names.join(", ");
    const elsewise = kinds.join() === "mono" ? `leave ${where} out of languages.train` : "use more languages";
    const advice = usable < 2 ? elsewise : `choose at most ${usable}, or ${elsewise}`;
    return `batch.size: ${kinds.join("/")} batches in ${where} need ${size} different concepts, ${datasetId} has ${usable} for them; ${advice}`;
  }
}

/** Languages of which no question can stand in a cross batch, as sentences for a person; none where there are no such batches. */
export function neverAsked(spec: ExperimentSpec, table: PairTable): string[] {
  if (!usedKinds(spec).includes("cross")) return [];
  const everyone = [...table.languages.keys()];
  const source = { kinds: ["cross"], monoLanguage: -1, positives: 1 } as const;
  return table.languages.flatMap((name, lang) => {
    const asked = table.queries[lang]!.some((query) =>
      canUse(table, { ...source, languages: everyone }, lang, table.conceptOf[query]!),
    );
    const why = "none of its questions has an answer in another training language";
    return asked ? [] : [`Cross-lingual batches never ask in ${name}: ${why}`];
  });
}

/** Different concepts that rows of this source can have, counted up to `enough`. */
function countUsable(table: PairTable, source: Source, enough: number): number {
  const found = new Set<number>();
  for (const lang of source.languages) {
    for (const query of table.queries[lang]!) {
      const concept = table.conceptOf[query]!;
      if (found.has(concept) || !canUse(table, source, lang, concept)) continue;
      found.add(concept);
      if (found.size === enough) return enough;
    }
  }
  return found.size;
}

/** Whether a question in `lang` about the concept can be a row: batchPlan's rule, kind by kind. */
function canUse(
  table: PairTable,
  { kinds, languages, monoLanguage, positives }: Source,
  lang: number,
  concept: number,
): boolean {
  const has = (target: number) => table.passagesOf(concept, target).length > 0;
  return kinds.some((kind) => {
    switch (kind) {
      case "mono":
        return lang === monoLanguage && has(lang);
      case "mixedMono":
        return has(lang);
      case "cross":
        return languages.some((target) => target !== lang && has(target));
      case "multi":
        return languages.filter(has).length >= Math.min(positives, languages.length);
    }
  });
}
