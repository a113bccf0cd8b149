// Results as a table of words and numbers, before it becomes Markdown or LaTeX: which columns, how many digits, what n.
import { counted } from "../counted.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import { cutMetric } from "../metrics/cuts.ts";
import type { EvalMetric, Metric } from "../metrics/metric.ts";
import { shownIn } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import { namedRun } from "../record/misfits.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { meanInterval } from "../series/interval.ts";
import { groupBySeed, isOneExperiment, seededRecord, type SeededRun } from "../series/seedGroups.ts";
import { ONE_SEED, ONE_SEED_EACH, relationWords } from "../series/seedWords.ts";
import { RESAMPLES, STUDENTISED_BELOW, type Interval, type Intervals } from "../stats/bootstrap.ts";

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
  const n = [...new Set(known)].map((count) => count.toLocaleString("en")).join(" or ");
  const some = known.length < counts.length ? " Rows without brackets have no values of single queries." : "";
  const kinds = known.map((count) => (count < STUDENTISED_BELOW ? "studentised " : "percentile "));
  const kind = new Set(kinds).size === 1 ? kinds[0]! : "";
  return `Brackets: 95 % ${kind}bootstrap over ${n} question groups, ${RESAMPLES.toLocaleString("en")} resamples; 1 seed a run, seeds are not pooled.${some}`;
}

interface Seeded extends SeededRun {
  readonly run: TableRun;
}

/** The first words of a table of runs: what it can say of other seeds. @param groups experiments of several seeds */
function seedsText(seeded: readonly Seeded[], groups: readonly (readonly Seeded[])[]): string {
  const [first, ...others] = seeded;
  if (!first || others.length === 0) return ONE_SEED;
  if (groups.length === 0) return ONE_SEED_EACH;
  const rows = "Rows “Mean of”: over seeds, with the 95 % interval by Student’s t.";
  if (others.every((other) => isOneExperiment(first, other))) {
    return `${relationWords({ kind: "same", seed: true, device: false })} ${rows}`;
  }
  const single = seeded.length > groups.flat().length;
  return single ? `A row of one seed says nothing of other seeds. ${rows}` : rows;
}

/** One row for all seeds of an experiment. */
function seedsRow(group: readonly Seeded[], columns: readonly EvalMetric[]): Cell[] {
  const names = group.map(({ run }) => run.name);
  const listed = names.length > 3 ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
  return [
    `Mean of ${names.length}: ${listed}`,
    group.map((member) => member.spec.seed).join(", "),
    String(stepsDone(group[0]!.run.record)),
    ...columns.map((metric) => {
      const values = group.map(({ run }) => run.record.final.values[metric.path] ?? NaN);
      const interval = values.some(Number.isNaN) ? undefined : meanInterval(values);
      return cell(
        metric,
        interval?.mean,
        interval && { low: interval.mean - interval.half, high: interval.mean + interval.half },
      );
    }),
  ];
}

const sizeText = ({ final }: RunRecord) =>
  `${counted(final.queries, "query", "queries")}, pool ${final.pool.toLocaleString("en")}`;

/** One row a run: its means over languages; then one for each experiment of several seeds. */
export function runsTable(runs: readonly TableRun[]): ResultTable {
  const sizes = [...new Set(runs.map(({ record }) => sizeText(record)))];
  const columns = columnsOf(runs);
  const data = [...new Set(runs.flatMap(({ record }) => Object.keys(record.environment.dataSha256)))];
  const seeded = runs.map((run): Seeded => ({ ...seededRecord(run.record), run }));
  const fitting = seeded.filter(({ run }) => !run.misfits || run.misfits.length === 0);
  const groups = groupBySeed(fitting).map((group) => group.runs);
  return {
    caption: `${seedsText(seeded, groups)} Means over languages on ${data.join(", ")} (${sizes.join("; ")}). ${bracketText(runs)}`,
    columns: ["Run", "Seed", "Steps", ...columns.map(({ label }) => label)],
    rows: [
      ...runs.map(({ record, intervals, ...run }) => [
        namedRun(run),
        String(record.spec.seed),
        String(stepsDone(record)),
        ...columns.map((metric) =>
          cell(metric, record.final.values[metric.path], intervals?.[metric.path]?.overall),
        ),
      ]),
      ...groups.map((group) => seedsRow(group, columns)),
    ],
  };
}

/** One row a language, of one run. */
export function languageTable(run: TableRun): ResultTable {
  const { record, intervals } = run;
  const { heldOut } = record.spec.languages;
  const columns = columnsOf([run]);
  return {
    caption: `${ONE_SEED} ${namedRun(run)}, seed ${record.spec.seed}, by query language (${sizeText(record)}). ${bracketText([run])}`,
    columns: ["Language", "Queries", ...columns.map(({ label }) => label)],
    rows: Object.entries(record.final.perLanguage).map(([lang, result]) => [
      `${languageInfo(lang).name} (${lang})${heldOut.includes(lang) ? ", held out" : ""}`,
      result.queries.toLocaleString("en"),
      ...columns.map((metric) =>
        cell(metric, result.values[metric.path], intervals?.[metric.path]?.byLanguage[lang]),
      ),
    ]),
  };
}
