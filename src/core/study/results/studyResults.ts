// A study and its results as one compact file: what is committed, shared and opened without training. Of each run it has what
// the analysis asks for, to seven digits, and the digest of the whole record, against which the run can be made again.
import { canonicalJson } from "../../data/canonicalJson.ts";
import type { RunParts } from "../../record/parts.ts";
import { CARD_METRICS } from "../analysis/analyse.ts";
import { writtenStudy } from "../parseStudy.ts";
import type { Study } from "../study.ts";
import type { BaselineKind, CellRun, Made, Measured, StudyResult } from "../studyResult.ts";

export const RESULTS_SCHEMA = "hybrid-batch-lab/study-results@1";

/** Means over languages first, then a row for each language; columns are the file's metrics. `null`: not there. */
type Rows = readonly (readonly (number | null)[])[];

export interface ResultsRun {
  readonly cell: string;
  readonly seed: number;
  readonly digest: string;
  readonly device: number; // index into `devices`
  readonly made?: number; // into `made`
  /** Digests of its parts, and the mean of its losses, by which the run made again is checked; older files lack them. */
  readonly parts?: readonly [plan: string, losses: string, metrics: string, loss: number | null];
  readonly start?: number; // into `measured`
  readonly baselines?: Readonly<Partial<Record<BaselineKind, number>>>; // the same
  readonly fed?: Readonly<Record<string, unknown>>; // fields of its spec, by path
  readonly end: number;
  readonly spent: readonly [steps: number, crossBatches: number, pairs: number];
  readonly realised: Readonly<Record<string, number>>;
  readonly course: readonly CourseColumn[];
}

export interface CourseColumn {
  readonly metric: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface ResultsFile {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly study: object; // as writtenStudy has it
  readonly metrics: readonly string[];
  readonly languages: readonly string[];
  readonly devices: readonly string[];
  readonly made: readonly Made[];
  readonly measured: readonly Rows[]; // each evaluation once: cells share their starts
  readonly runs: readonly ResultsRun[];
  readonly missing: StudyResult["missing"];
}

const DIGITS = 7;
const brief = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value.toPrecision(DIGITS));

/** Of values of single questions it keeps none; of measures the card's, and those that cells were asked for. */
export function studyResults(study: Study, { runs, missing }: StudyResult): ResultsFile {
  const metrics = [...new Set([study.primary, ...CARD_METRICS, ...study.spec.evaluate.cuts])];
  const languages = [...new Set(runs.flatMap(({ end }) => Object.keys(end.perLanguage)))].sort();
  const rowsOf = ({ values, perLanguage }: Measured): Rows =>
    [values, ...languages.map((lang) => perLanguage[lang] ?? {})].map((row) =>
      metrics.map((metric) => brief(row[metric])),
    );
  const [devices, made, measured] = [listOf<string>(), listOf<Made>(), listOf<Rows>()];
  return {
    schema: RESULTS_SCHEMA,
    study: writtenStudy(study),
    metrics,
    languages,
    runs: runs.map((run) => ({
      cell: run.cell,
      seed: run.seed,
      digest: run.digest,
      device: devices.place(run.device),
      ...(run.made && { made: made.place(run.made) }),
      ...(run.parts && { parts: writtenParts(run.parts) }),
      ...(run.start && { start: measured.place(rowsOf(run.start)) }),
      ...(run.baselines && {
        baselines: Object.fromEntries(
          Object.entries(run.baselines).map(([kind, own]) => [kind, measured.place(rowsOf(own))]),
        ),
      }),
      ...(run.fed && { fed: run.fed }),
      end: measured.place(rowsOf(run.end)),
      spent: [run.spent.steps, run.spent.crossBatches, run.spent.pairs],
      realised: run.realised,
      course: courseColumns(run, metrics),
    })),
    devices: devices.all,
    made: made.all,
    measured: measured.all,
    missing,
  };
}

const writtenParts = ({ plan, losses, metrics, loss }: RunParts): NonNullable<ResultsRun["parts"]> => [
  plan,
  losses,
  metrics,
  brief(loss),
];

/** Things by place, equal ones once. */
function listOf<T>() {
  const all: T[] = [];
  const places = new Map<string, number>();
  const place = (item: T) => {
    const key = canonicalJson(item);
    const found = places.get(key) ?? all.push(item) - 1;
    places.set(key, found);
    return found;
  };
  return { all, place };
}

function courseColumns({ course }: CellRun, metrics: readonly string[]): CourseColumn[] {
  const columns = new Map<string, { steps: number[]; values: number[] }>();
  for (const { metric, step, value } of course) {
    if (!metrics.includes(metric) && !/^(ratio|mix)\//.test(metric)) continue;
    const column = columns.get(metric) ?? { steps: [], values: [] };
    columns.set(metric, column);
    column.steps.push(step);
    column.values.push(brief(value)!);
  }
  return [...columns].map(([metric, column]) => ({ metric, ...column }));
}

/** As text: a line for each run and each evaluation, so that versions differ by lines. */
export function resultsText(file: ResultsFile): string {
  const entries = Object.entries(file).map(([key, value]) => {
    const isLong = key === "runs" || key === "measured";
    const lines = isLong ? (value as unknown[]).map((item) => canonicalJson(item)) : [];
    return `"${key}":${isLong ? `[\n${lines.join(",\n")}\n]` : canonicalJson(value)}`;
  });
  return `{${entries.join(",\n")}}\n`;
}
