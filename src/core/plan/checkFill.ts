// Whether the data can fill the batches that a plan will ask for, known before anything is trained. Draws the head of each
// batch as the plan does, and no rows: what is refused here would fail there, at that step.
import { SpecError } from "../inputError.ts";
import { asksInOne, kindFacts, type BatchKind } from "../spec/batchKind.ts";
import { usedKinds } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { PairTable } from "./pairTable.ts";
import { kindsOf, planSources, type PlanSource } from "./planSources.ts";

/**
 * @param table of `trainLanguages(spec)`, in its order
 * @throws SpecError if some batch needs more different concepts than its kind has in its languages, with the largest size
 *   that works. Every row takes one concept, so that is all a batch can lack; only a blind plan may fail where it passes.
 */
export function checkFill(
  spec: ExperimentSpec,
  table: PairTable,
  datasetId: string,
  sources: readonly PlanSource[] = planSources(spec, table),
): void {
  const { size } = spec.batch;
  let worst: { readonly source: PlanSource; readonly usable: number } | undefined;
  for (const source of sources) {
    const usable = countUsable(table, source, size);
    if (usable < size && usable < (worst?.usable ?? size)) worst = { source, usable };
  }
  if (worst) throw new SpecError(refusal(worst.source, worst.usable));

  function refusal({ kinds, allowed }: PlanSource, usable: number): string {
    const names = allowed.map((lang) => table.languages[lang]!);
    const where = names.length > 6 ? `${names.slice(0, 6).join(", ")} and others` : names.join(", ");
    const more = spec.languages.perBatch > 0 ? "raise languages.perBatch" : "use more languages";
    const elsewise = kinds.every(asksInOne) ? `leave ${where} out of languages.train` : more;
    const advice = usable < 2 ? elsewise : `choose at most ${usable}, or ${elsewise}`;
    return `batch.size: ${kinds.join("/")} batches in ${where} need ${size} different concepts, ${datasetId} has ${usable} for them; ${advice}`;
  }
}

/** Languages of which no question can be answered in another one, as sentences for a person; none where no batch asks for that. */
export function neverAsked(spec: ExperimentSpec, table: PairTable): string[] {
  return usedKinds(spec)
    .filter((kind) => kindFacts(kind).answers === "another")
    .flatMap((kind) => neverAskedIn(kind, table));
}

function neverAskedIn(kind: BatchKind, table: PairTable): string[] {
  const among = table.languages.map(() => 1);
  const source = { kinds: [kind], monoLanguage: -1, positives: 1, among };
  return table.languages.flatMap((name, lang) => {
    const asked = table.queries[lang]!.some(
      (query) => kindsOf(source, table, lang, table.conceptOf[query]!).length > 0,
    );
    const why = "none of its questions has an answer in another training language";
    return asked ? [] : [`${kindFacts(kind).label} batches never ask in ${name}: ${why}`];
  });
}

/** Different concepts that rows of this source can have, counted up to `enough`. */
function countUsable(table: PairTable, source: PlanSource, enough: number): number {
  const found = new Set<number>();
  for (const lang of source.allowed) {
    for (const query of table.queries[lang]!) {
      const concept = table.conceptOf[query]!;
      if (found.has(concept) || kindsOf(source, table, lang, concept).length === 0) continue;
      found.add(concept);
      if (found.size === enough) return enough;
    }
  }
  return found.size;
}
