// Results as a table of words and numbers, before it becomes Markdown or LaTeX: which columns, how many digits, what n.
import { wholeText } from "../numbersIn.ts";
import { counted } from "../counted.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import { cutMetric } from "../metrics/cuts.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import type { EvalMetric, Metric } from "../metrics/metric.ts";
import { shownIn } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import { partName } from "../spec/resolve.ts";
import { engineText } from "../record/engine.ts";
import { namedRun } from "../record/misfits.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { splitFacets } from "../naming/facets.ts";
import { byTest } from "../naming/testOf.ts";
import { groupValue } from "../series/groupValue.ts";
import { groupBySeed, isOneExperiment, seededRecord, type SeededRun } from "../series/seedGroups.ts";
import { ONE_SEED, ONE_SEED_EACH, relationWords } from "../series/seedWords.ts";
import { RESAMPLES, STUDENTISED_BELOW, type Interval, type Intervals } from "../stats/bootstrap.ts";
import { courseOfRecord } from "../record/courseOfRecord.ts";

export interface ResultTable {
  readonly caption: string; // one or more sentences: what n is, what the brackets are
  readonly columns: readonly string[]; // the first heads the row names
  readonly rows: readonly (readonly Cell[])[];
}

/** A word, or a number with its interval: [".344", "[.300, .400]"]. */
export type Cell = string | readonly [value: string, interval: string];

export interface TableRun {
  readonly name: string;
  readonly record: RunRecord;
  readonly intervals?: Intervals; // of `intervalsOf`
  readonly misfits?: readonly string[] | undefined; // of `misfitsOf`
}

/** Columns of a table: the standing ones, then cuts that any of its runs asked for. */
function columnsOf(runs: readonly TableRun[]): readonly EvalMetric[] {
  const standing = shownIn("table");
  const asked = [...new Set(runs.flatMap(({ record }) => record.spec.evaluate.cuts))];
  const others = asked.filter((cut) => !standing.some(({ path }) => path === cut));
  return [...standing, ...others.flatMap((path) => cutMetric(path) ?? [])];
}

type Range = Pick<Interval, "low" | "high">;

function cell(metric: Metric, value: number | null | undefined, interval: Range | undefined): Cell {
  if (value === null || value === undefined) return "–";
  const text = (number: number) => cellText(metric, number);
  return interval ? [text(value), `[${text(interval.low)}, ${text(interval.high)}]`] : text(value);
}

/** "Brackets: 95 % interval over 357 question groups (…)." or why there are none. */
function bracketText(runs: readonly TableRun[]): string {
  const counts = runs.map(({ intervals }) => intervals?.["map/multi"]?.overall?.clusters);
  const known = counts.filter((n) => n !== undefined);
  if (known.length === 0)
    return "No intervals: the values of single queries are not kept with these results.";
  const n = [...new Set(known)].map((count) => wholeText(count)).join(" or ");
  const some = known.length < counts.length ? " Rows without brackets have no values of single queries." : "";
  const kinds = known.map((count) => (count < STUDENTISED_BELOW ? "studentised " : "percentile "));
  const kind = new Set(kinds).size === 1 ? kinds[0]! : "";
  return `Brackets: 95 % ${kind}bootstrap over ${n} question groups, ${wholeText(RESAMPLES)} resamples; 1 seed a run, seeds are not pooled.${some}`;
}

/** " Trained elsewhere: a by sentence-transformers 6.2.0, 2 processes."; "" where the lab trained all. */
function enginesText(runs: readonly TableRun[]): string {
  const others = runs.flatMap(({ name, record }) =>
    record.engine ? [`${name} by ${engineText(record.engine)}`] : [],
  );
  return others.length > 0 ? ` Trained elsewhere: ${others.join("; ")}.` : "";
}

interface Seeded extends SeededRun {
  readonly run: TableRun;
}

/** The first words of a table of runs: what it can say of other seeds. @param groups experiments of several seeds */
function seedsText(seeded: readonly Seeded[], groups: readonly (readonly Seeded[])[]): string {
  const [first, ...others] = seeded;
  if (!first || others.length === 0) return ONE_SEED;
  if (groups.length === 0) return ONE_SEED_EACH;
  const rows = "Rows “Mean of”: over seeds, from 3 on with the 95 % interval by Student’s t.";
  if (others.every((other) => isOneExperiment(first, other))) {
    return `${relationWords({ kind: "same", seed: true, device: false })} ${rows}`;
  }
  const single = seeded.length > groups.flat().length;
  return single ? `A row of one seed says nothing of other seeds. ${rows}` : rows;
}

/** One row for all seeds of an experiment. */
function seedsRow(
  group: readonly Seeded[],
  settings: readonly Setting[],
  columns: readonly EvalMetric[],
  tested: readonly EvalMetric[],
): Cell[] {
  const meanCell = (metric: EvalMetric, value: (record: RunRecord) => number | null | undefined) => {
    const { mean, half } = groupValue(group.map(({ run }) => value(run.record) ?? undefined)) ?? {};
    if (mean === undefined || half === undefined) return cell(metric, mean, undefined);
    return cell(metric, mean, { low: mean - half, high: mean + half });
  };
  const names = group.map(({ run }) => run.name);
  const listed = names.length > 3 ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
  return [
    `Mean of ${names.length}: ${listed}`,
    ...settings.map(({ of }) => [...new Set(group.map(({ run }) => of(run.record)))].join(", ")),
    ...columns.map((metric) => meanCell(metric, ({ final }) => final.values[metric.path])),
    ...tested.map((metric) => meanCell(metric, (record) => testedValue(record, metric))),
  ];
}

/** A column of what stands between the runs. */
interface Setting {
  readonly head: string;
  readonly of: (record: RunRecord) => string;
}

const MOST_SETTINGS = 4; // columns that a page's column has room for
/** As in the names of their columns, which are short. */
const HEADS: Readonly<Record<string, string>> = {
  "languages.train": "Languages",
  "data.train": "Data",
  "optimizer.learningRate": "Rate",
};

/** What differs, as columns, the seed last; what all share, and what found no room, in words. */
function settingsOf(runs: readonly TableRun[]): {
  readonly columns: readonly Setting[];
  readonly words: string;
} {
  const { differing, shared } = splitFacets(runs.map(({ record }) => courseOfRecord(record)));
  const columns = differing
    .map(({ name, head, text, cell = text }): Setting => ({
      head: HEADS[name] ?? head,
      of: (record) => cell(courseOfRecord(record)) || "–",
    }))
    .filter(({ of }) => runs.some(({ name, record }) => name !== of(record))); // it would say the names again
  const told = shared.map(({ text }) => text(courseOfRecord(runs[0]!.record))).join(", ");
  const shown =
    columns.length <= MOST_SETTINGS ? columns : [...columns.slice(0, MOST_SETTINGS - 1), columns.at(-1)!];
  const left = columns.filter((column) => !shown.includes(column)).map(({ head }) => head.toLowerCase());
  const also = left.length > 0 ? ` They also differ in: ${left.join(", ")}.` : "";
  return { columns: shown, words: `${runs.length > 1 ? "Settings of all" : "Settings"}: ${told}.${also}` };
}

const sizeOf = ({ queries, pool }: Pick<EvalResult, "queries" | "pool">) =>
  `${counted(queries, "query", "queries")}, pool ${wholeText(pool)}`;
const sizeText = ({ final, spec }: RunRecord) => `${partName(spec)}: ${sizeOf(final)}`;

/** What the final tests of runs were measured by; none where no run had one. */
const testedBy = (runs: readonly TableRun[]) =>
  runs.some(({ record }) => record.finalTest) ? shownIn("list") : [];
const testedValue = ({ finalTest }: RunRecord, { path }: EvalMetric) => finalTest?.result.values[path];

function testedText(runs: readonly TableRun[]): string {
  const sizes = runs.flatMap(({ record: { finalTest } }) => (finalTest ? [sizeOf(finalTest.result)] : []));
  return sizes.length === 0
    ? ""
    : ` “Test”: the final test, by the last weights, made once (${[...new Set(sizes)].join("; ")}).`;
}

/**
 * One row a run: what it differs in from the others, and its means over languages; then one for each experiment of several
 * seeds. What all share is in the caption.
 */
export function runsTable(runs: readonly TableRun[]): ResultTable {
  const settings = settingsOf(runs);
  const tests = byTest(runs.map((run) => ({ spec: run.record.spec, run })));
  const apart =
    tests.length > 1 ? " Rows of different tests do not compare: each test’s stand together." : "";
  const sizes = [...new Set(runs.map(({ record }) => sizeText(record)))];
  const columns = columnsOf(runs);
  const tested = testedBy(runs);
  const data = [...new Set(runs.flatMap(({ record }) => Object.keys(record.environment.dataSha256)))];
  const seeded = runs.map((run): Seeded => ({ ...seededRecord(run.record), run }));
  const fitting = seeded.filter(({ run }) => !run.misfits || run.misfits.length === 0);
  const groups = groupBySeed(fitting).map((group) => group.runs);
  return {
    caption: `${seedsText(seeded, groups)} Means over languages on ${data.join(", ")} (${sizes.join("; ")}).${apart}${testedText(runs)}${enginesText(runs)} ${settings.words} ${bracketText(runs)}`,
    columns: [
      "Run",
      ...settings.columns.map(({ head }) => head),
      ...columns.map(({ label }) => label),
      ...tested.map(({ label, short = label }) => `Test ${short}`),
    ],
    rows: [
      ...tests
        .flat()
        .map(({ run: { record, intervals, ...run } }) => [
          namedRun(run),
          ...settings.columns.map(({ of }) => of(record)),
          ...columns.map((metric) =>
            cell(metric, record.final.values[metric.path], intervals?.[metric.path]?.overall),
          ),
          ...tested.map((metric) => cell(metric, testedValue(record, metric), undefined)),
        ]),
      ...groups.map((group) => seedsRow(group, settings.columns, columns, tested)),
    ],
  };
}

/** One row a language, of one run. */
export function languageTable(run: TableRun): ResultTable {
  const { record, intervals } = run;
  const { heldOut } = record.spec.languages;
  const columns = columnsOf([run]);
  return {
    caption: `${ONE_SEED} ${namedRun(run)}, seed ${record.spec.seed}, by query language (${sizeText(record)}).${enginesText([run])} ${bracketText([run])}`,
    columns: ["Language", "Queries", ...columns.map(({ label }) => label)],
    rows: Object.entries(record.final.perLanguage).map(([lang, result]) => [
      `${languageInfo(lang).name} (${lang})${heldOut.includes(lang) ? ", held out" : ""}`,
      wholeText(result.queries),
      ...columns.map((metric) =>
        cell(metric, result.values[metric.path], intervals?.[metric.path]?.byLanguage[lang]),
      ),
    ]),
  };
}
