// What a record of an older lab holds, so that nothing is asked of it that was not measured then. Changes no number.
import { AGE, type Age } from "../age.ts";
import type { Values } from "../metrics/evaluation.ts";
import { findMetric } from "../metrics/metricTable.ts";
import type { RunRecord } from "./runRecord.ts";

/** The age of a digest's text where a record does not say its own: ages 1 and 2 wrote all that they had. */
const UNSAID: Age = 2;

type Measured = Pick<RunRecord, "format" | "spec" | "points" | "final" | "stoppedAt">;

/** The age whose numbers a record has. One that does not say it is of age 2 or, without nDCG, of age 1. */
export function ageOf({ format, final }: Pick<Measured, "format" | "final">): Age {
  return format ?? ("ndcg@10/mono" in final.values ? UNSAID : 1);
}

/** The age by which a record's own digest was made. */
export const digestAge = ({ format }: Pick<RunRecord, "format">): Age => format ?? UNSAID;

/** Since this age a record says where it was stopped. */
const STOPPED_SINCE: Age = 3;

/** The record without what a lab of that age did not measure or say; the same object where there is nothing such. */
export function asOfAge<R extends Measured>(given: R, age: Age): R {
  const { stoppedAt, ...unstopped } = given;
  const record = stoppedAt !== undefined && age < STOPPED_SINCE ? (unstopped as R) : given;
  const { cuts } = record.spec.evaluate; // what is asked for is of no age: the spec says it
  const isNewer = (metric: string) => (findMetric(metric)?.since ?? 1) > age && !cuts.includes(metric);
  const { points, final } = record;
  if (![...points.map(({ metric }) => metric), ...Object.keys(final.values)].some(isNewer)) return record;
  const older = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([metric]) => !isNewer(metric)));
  const languages = Object.entries(final.perLanguage).map(
    ([lang, own]) => [lang, { ...own, values: older(own.values) }] as const,
  );
  return {
    ...record,
    points: points.filter(({ metric }) => !isNewer(metric)),
    final: { ...final, values: older(final.values), perLanguage: Object.fromEntries(languages) },
  };
}

/** Every age whose digest of this record may have been kept, today's first. */
export function agesOf(record: Measured): Age[] {
  return Array.from({ length: AGE }, (_, i) => (AGE - i) as Age).filter((age) => age <= ageOf(record));
}
