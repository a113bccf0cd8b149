// What a record of an older lab holds, so that nothing is asked of it that was not measured then. Changes no number.
import { AGE, type Age } from "../age.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import type { RunRecord } from "./runRecord.ts";

/** The age of a digest's text where a record does not say its own: ages 1 and 2 wrote all that they had. */
const UNSAID: Age = 2;

/**
 * Metrics that came after the first age. `names` is matched with the metric of a point ("ndcg@10/mono") and with the
 * place of a number in `final` ("ndcg.ndcg@10/mono", "perLanguage.en.recall100").
 */
export const LATER_METRICS: readonly { readonly since: Age; readonly names: RegExp }[] = [
  {
    since: 2,
    names: /^(ndcg@10|recall@100)\/|^ndcg\.|^recall\.recall@100\/|^perLanguage\..+\.(ndcg10|recall100)$/,
  },
];

type Measured = Pick<RunRecord, "format" | "points" | "final">;

/** The age whose numbers a record has. One that does not say it is of age 2 or, without nDCG, of age 1. */
export function ageOf({ format, final }: Pick<Measured, "format" | "final">): Age {
  return format ?? (final.ndcg === undefined ? 1 : UNSAID);
}

/** The age by which a record's own digest was made. */
export const digestAge = ({ format }: Pick<RunRecord, "format">): Age => format ?? UNSAID;

/** The record without the numbers that a lab of that age did not measure; the same object where there are none. */
export function asOfAge<R extends Measured>(record: R, age: Age): R {
  const newer = LATER_METRICS.filter(({ since }) => since > age);
  if (newer.length === 0) return record;
  const isNewer = (name: string) => newer.some(({ names }) => names.test(name));
  const points = record.points.filter(({ metric }) => !isNewer(metric));
  return { ...record, points, final: pruned(record.final, "", isNewer) as EvalResult };
}

/** Leaves out the numbers that are newer, and objects that held nothing else. */
function pruned(value: unknown, place: string, isNewer: (place: string) => boolean): unknown {
  if (typeof value !== "object" || value === null) return isNewer(place) ? undefined : value;
  const before = Object.entries(value);
  const kept = before
    .map(([key, inner]) => [key, pruned(inner, place === "" ? key : `${place}.${key}`, isNewer)] as const)
    .filter(([, inner]) => inner !== undefined);
  return kept.length === 0 && before.length > 0 ? undefined : Object.fromEntries(kept);
}

/** Every age whose digest of this record may have been kept, today's first. */
export function agesOf(record: Measured): Age[] {
  return Array.from({ length: AGE }, (_, i) => (AGE - i) as Age).filter((age) => age <= ageOf(record));
}
