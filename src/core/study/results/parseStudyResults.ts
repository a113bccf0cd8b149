// A study's compact results from JSON of unknown origin, back to what the analysis reads. Hostile until parsed here.
import * as v from "valibot";
import { SpecError } from "../../inputError.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import type { RunParts } from "../../record/parts.ts";
import { SHORT_DIGITS } from "../../spec/linkMade.ts";
import { parseStudy } from "../parseStudy.ts";
import type { Study } from "../study.ts";
import { readChanges } from "../studyChanges.ts";
import { BASELINES, type CellRun, type Measured, type StudyResult } from "../studyResult.ts";
import { RESULTS_SCHEMA, type ResultsRun } from "./studyResults.ts";
import { issueText } from "../../issueText.ts";

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.minValue(0), v.finite());
const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(1000));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"));
const short = v.pipe(
  v.string(),
  v.regex(new RegExp(`^[0-9a-f]{${SHORT_DIGITS}}$`), `must be ${SHORT_DIGITS} lower-case hex digits`),
);
const list = <S extends v.GenericSchema>(entry: S, most: number) => v.pipe(v.array(entry), v.maxLength(most));

const run = v.strictObject({
  cell: text,
  seed: place,
  digest: sha256,
  device: place,
  made: v.exactOptional(place),
  parts: v.exactOptional(v.strictTuple([short, short, short, v.nullable(count)])),
  start: v.exactOptional(place),
  baselines: v.exactOptional(v.strictObject(v.entriesFromList(BASELINES, v.exactOptional(place)))),
  fed: v.exactOptional(v.record(v.string(), v.unknown())),
  end: place,
  spent: v.strictTuple([count, count, count]),
  realised: v.record(text, count),
  course: list(
    v.strictObject({ metric: text, steps: list(place, 100_000), values: list(finite, 100_000) }),
    200,
  ),
});

const made = v.strictObject({
  lab: text,
  data: v.record(text, sha256),
  encoder: sha256,
  tokenizer: v.exactOptional(sha256),
  teacher: v.exactOptional(sha256),
});

const schema = v.strictObject({
  schema: v.literal(RESULTS_SCHEMA),
  study: v.unknown(),
  metrics: list(
    v.pipe(
      text,
      v.check((path) => findMetric(path)?.pool !== undefined, "must be measures"),
    ),
    200,
  ),
  languages: list(text, 2000),
  devices: list(text, 1000),
  made: list(made, 1000),
  measured: list(list(list(v.nullable(finite), 200), 2001), 20_000),
  runs: list(run, 10_000),
  missing: list(v.strictObject({ cell: text, seed: place, why: text }), 10_000),
});

export interface StudyWithResult {
  readonly study: Study;
  readonly result: StudyResult;
}

/**
 * @param where the file it came from, for the message
 * @throws SpecError in one sentence: where, what, what would be right
 */
export function parseStudyResults(value: unknown, where: string): StudyWithResult {
  const named = (value as { schema?: unknown } | null | undefined)?.schema;
  if (named !== RESULTS_SCHEMA) {
    const got = JSON.stringify(named)?.slice(0, 60) ?? "none";
    throw new SpecError(
      `${where}: is no study with results; its "schema" must be "${RESULTS_SCHEMA}", got ${got}`,
    );
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new SpecError(
      `${where}: ${v.getDotPath(issue) ?? "the file"} is not as in ${RESULTS_SCHEMA} (${issueText(issue)})`,
    );
  }
  const { metrics, languages, devices, made, measured, runs, missing } = parsed.output;
  const study = parseStudy(parsed.output.study, where);
  const fail = (what: string) => new SpecError(`${where}: ${what}`);
  const at = <T>(items: readonly T[], i: number, what: string): T => {
    if (i < items.length) return items[i]!;
    throw fail(`a run names ${what} ${i}, of which there are ${items.length}`);
  };
  if (
    measured.some(
      (rows) => rows.length !== languages.length + 1 || rows.some((row) => row.length !== metrics.length),
    )
  ) {
    throw fail(
      `measured must have a row for all and for each of ${languages.length} languages, of ${metrics.length} metrics`,
    );
  }
  const measuredAt = (i: number): Measured => {
    const [values, ...rows] = at(measured, i, "measured").map((row) =>
      Object.fromEntries(metrics.flatMap((metric, m) => (row[m] === null ? [] : [[metric, row[m]!]]))),
    );
    return { values: values!, perLanguage: Object.fromEntries(languages.map((lang, l) => [lang, rows[l]!])) };
  };
  const seen = new Set<string>();
  const cellRun = (one: ResultsRun): CellRun => {
    const { cell, seed, digest, realised, course, spent } = one;
    const key = `${cell}.${seed}`;
    if (!study.cells.some(({ name }) => name === cell))
      throw fail(`has a run of ${cell}, which is no cell of it`);
    if (seen.has(key)) throw fail(`has the run ${key} twice`);
    seen.add(key);
    const columns = course.map(({ metric, steps, values }) => {
      if (steps.length !== values.length) throw fail(`the course of ${key} has steps without a value`);
      return steps.map((step, i) => ({ step, metric, value: values[i]! }));
    });
    return {
      cell,
      seed,
      digest,
      device: at(devices, one.device, "device"),
      ...(one.made !== undefined && { made: at(made, one.made, "made") }),
      ...(one.parts && { parts: readParts(one.parts) }),
      ...(one.start !== undefined && { start: measuredAt(one.start) }),
      ...(one.baselines && {
        baselines: Object.fromEntries(
          Object.entries(one.baselines).map(([kind, own]) => [kind, measuredAt(own)]),
        ),
      }),
      ...(one.fed && { fed: readChanges(one.fed, `${where}: run ${key}`) }),
      end: measuredAt(one.end),
      spent: { steps: spent[0], crossBatches: spent[1], pairs: spent[2] },
      realised,
      course: columns.flat(),
    };
  };
  return { study, result: { runs: runs.map(cellRun), missing } };
}

const readParts = ([plan, losses, metrics, loss]: NonNullable<ResultsRun["parts"]>): RunParts => ({
  plan,
  losses,
  metrics,
  ...(loss !== null && { loss }),
});
