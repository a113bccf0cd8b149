// A run's record as a study's analysis keeps it. Derives; measures nothing.
import type { EvalResult } from "../metrics/evaluation.ts";
import { findMetric } from "../metrics/metricTable.ts";
import type { Baselines } from "../record/baselines.ts";
import { makerName } from "../record/maker.ts";
import { partsOf } from "../record/parts.ts";
import type { Point } from "../record/point.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { BATCH_KINDS } from "../spec/batchKind.ts";
import type { QueryValues } from "../stats/queryValues.ts";
import { fedChanges } from "./cellSources.ts";
import type { StudyRun } from "./study.ts";
import type { CellRun, Made, Measured, Spent } from "./studyResult.ts";

/** @param queryValues of single questions at the end, where they are kept */
export function collectRun(
  run: Pick<StudyRun, "cell" | "seed"> & Partial<StudyRun>,
  record: RunRecord,
  queryValues?: QueryValues,
): CellRun {
  const { cell, seed, spec = record.spec, fedBy } = run;
  const start = measuredAt(record.points, 0);
  return {
    cell,
    seed,
    digest: record.digest,
    device: makerName(record.environment),
    made: madeOf(record.environment),
    parts: partsOf(record),
    ...(start && { start }),
    ...(record.baselines && { baselines: baselinesOf(record.baselines) }),
    end: measuredOf(record.final),
    spent: spentIn(record),
    realised: record.realised,
    course: record.points.filter(({ metric, lang }) => lang === undefined && isCourse(metric)),
    ...(fedBy && { fed: fedChanges({ spec, fedBy }, record.spec) }),
    ...(queryValues && { queryValues }),
  };
}

const madeOf = ({
  versions,
  dataSha256,
  encoderSha256,
  tokenizerSha256: tokenizer,
  teacherSha256: teacher,
}: RunRecord["environment"]): Made => ({
  lab: versions["lab"] ?? "unknown",
  data: dataSha256,
  encoder: encoderSha256,
  ...(tokenizer !== undefined && { tokenizer }),
  ...(teacher !== undefined && { teacher }),
});

const baselinesOf = ({ bm25, start }: Baselines): NonNullable<CellRun["baselines"]> => ({
  ...(bm25 && { bm25 }),
  languageMeans: start.languageMeans,
  shift: start.shift,
});

const isCourse = (metric: string): boolean =>
  /^(ratio|mix|weight)\//.test(metric) || findMetric(metric)?.pool !== undefined;

const measuredOf = ({ values, perLanguage }: EvalResult): Measured => ({
  values,
  perLanguage: Object.fromEntries(Object.entries(perLanguage).map(([lang, own]) => [lang, own.values])),
});

/** What the points say of one evaluation; of languages they have what is kept of queries. */
function measuredAt(points: readonly Point[], at: number): Measured | undefined {
  const values: Record<string, number> = {};
  const perLanguage: Record<string, Record<string, number>> = {};
  for (const { step, metric, value, lang } of points) {
    if (step !== at || findMetric(metric)?.pool === undefined) continue;
    const own = lang === undefined ? values : (perLanguage[lang] ??= {});
    own[metric] = value;
  }
  return Object.keys(values).length > 0 ? { values, perLanguage } : undefined;
}

/** A row is one question with one passage or, in multilingual batches, several: as many pairs as passages. */
function spentIn(record: RunRecord): Spent {
  const { realised, spec } = record;
  const steps = stepsDone(record);
  const isKind = (key: string) => BATCH_KINDS.some((kind) => kind === key);
  const texts = Object.entries(realised).reduce((sum, [key, n]) => sum + (isKind(key) ? 0 : n), 0);
  return { steps, crossBatches: realised["cross"] ?? 0, pairs: texts - steps * spec.batch.size };
}
