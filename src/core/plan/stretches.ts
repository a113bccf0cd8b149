// The course of a run as the plan walks it: one stretch for each spec it was trained under, in parts where the languages grow.
import type { Corpus } from "../data/corpus.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import type { Stretch } from "../spec/lineage.ts";
import type { Ratio } from "../spec/batchKind.ts";
import { checkConsistency } from "../spec/resolve.ts";
import { usedKinds } from "../spec/ruleFacts.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import type { PlannedStretch } from "./batchPlan.ts";
import { checkFill } from "./checkFill.ts";
import { checkPlan } from "./checkPlan.ts";
import type { PairTable } from "./pairTable.ts";
import { onlyKind, planSources } from "./planSources.ts";
import { trainTable } from "./trainTable.ts";

/** mmBERT (Marone et al. 2025, 2509.06888) trained 2.3, 0.6 and 0.1 of 3.0 trillion tokens with these exponents. */
const PHASES = [
  { until: 2.3 / 3, exponent: 0.7, languages: 1 / 3 },
  { until: 2.9 / 3, exponent: 0.5, languages: 2 / 3 },
  { until: 1, exponent: 0.3, languages: 1 },
] as const;
/** Of a phase, so that rows of every kind can be drawn. */
const FEWEST = 2;

/** @throws as `trainTable` does */
export function planStretches(course: readonly Stretch[], corpus: Corpus): PlannedStretch[] {
  return course.flatMap(({ spec, from }, i) => {
    const end = course[i + 1]?.from ?? spec.steps;
    const table = trainTable(spec, corpus);
    return phasesOf(spec, table)
      .map((phase) => ({ ...phase, from: Math.max(from, phase.from) }))
      .filter((phase, p, all) => phase.from < (all[p + 1]?.from ?? end))
      .map((phase) => ({
        ...phase,
        since: from,
        table: phase.spec === spec ? table : trainTable(phase.spec, corpus),
      }));
  });
}

/**
 * "ALL": p_l ~ n_l^S with S = 0.7, 0.5, 0.3 for 77, 20 and 3 % of the steps, the list of languages growing from a third to all,
 * those with the fewest resources last (by Joshi class, then by training questions).
 */
export function phasesOf(spec: ExperimentSpec, table: PairTable): Stretch[] {
  if (spec.languages.schedule === "constant") return [{ spec, from: 0 }];
  const rank = (i: number) => languageInfo(table.languages[i]!).resourceClass ?? -1;
  const order = [...table.languages.keys()].sort(
    (a, b) => rank(b) - rank(a) || table.queries[b]!.length - table.queries[a]!.length || a - b,
  );
  const least = Math.max(FEWEST, spec.batch.positives);
  return PHASES.map(({ exponent, languages }, i) => {
    const n = Math.min(order.length, Math.max(least, Math.ceil(order.length * languages)));
    const names = order.slice(0, n).map((lang) => table.languages[lang]!);
    const train = Object.fromEntries(names.map((lang) => [lang, spec.languages.train[lang]!]));
    const own = withPath(withPath(spec, "languages.train", train), "languages.exponent", exponent);
    return { spec: own, from: i === 0 ? 0 : Math.round(PHASES[i - 1]!.until * spec.steps) };
  });
}

/** What `checkPlan` says of the stretches under the last spec, each sentence once. @throws as it does */
export function checkStretches(stretches: readonly PlannedStretch[], datasetId: string): string[] {
  const { since, spec } = stretches.at(-1)!;
  const told = stretches.flatMap((stretch, i) => {
    if (stretch.since !== since) return [];
    const range = { from: stretch.from, to: stretches[i + 1]?.from ?? spec.steps };
    return checkPlan(stretch.spec, stretch.table, datasetId, range);
  });
  return [...new Set(told)];
}

/** Whether any batch of a mix can be filled from a step on. @throws SpecError as `checkFill` and `checkConsistency` do */
export function checkMix(stretches: readonly PlannedStretch[], ratio: Ratio, from: number): void {
  for (const [i, { spec, table, ...stretch }] of stretches.entries()) {
    const to = stretches[i + 1]?.from ?? spec.steps;
    if (to <= from) continue;
    const still = { ...spec.batch, ratio, schedule: "constant" as const };
    const asked = { ...spec, batch: still };
    checkConsistency({ ...asked, loss: { ...spec.loss, weighting: "constant" } });
    const range = { from: Math.max(from, stretch.from), to };
    const kinds = spec.batch.unit === "row" ? [ratio] : usedKinds(asked).map(onlyKind);
    const sources = kinds.flatMap((only) => planSources(asked, table, { ...range, ratioOf: () => only }));
    checkFill(asked, table, spec.data.train, sources);
  }
}
