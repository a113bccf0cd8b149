// What in a run's file does not fit the rest of it: it was altered since its run, or damaged. Judges nobody, and refuses nothing.
import { createMeanTable, meanDefined } from "../metrics/languageMeans.ts";
import { findMetric } from "../metrics/metricTable.ts";
import { clusterSums, languageTotals, meansOf } from "../stats/clusterSums.ts";
import type { QueryValues } from "../stats/queryValues.ts";
import { digestOf } from "./digest.ts";
import { fitsBaselines } from "./baselines.ts";
import { fitsFinalTest } from "./finalTest.ts";
import type { RunRecord } from "./runRecord.ts";
import { stepsDone } from "./stepsDone.ts";

interface Told {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues | undefined;
  readonly startValues?: QueryValues | undefined; // of the evaluation before training
}

/** What no digest covers, and nothing else in the file is held against: altered, it is not found out. */
export const UNCOVERED =
  "format, backend, adapter, versions, arithmetic, speeds, skipped pairs, settings of what is off and, of single queries, their order, their question groups and how their values spread about a mean";

const SHOWN = 5;

/**
 * The digest is computed again; means are held against what they are means of, the last points against the final
 * numbers, and values of single queries against the means they must have.
 *
 * @returns sentences without a full stop, at most six; empty for a record that fits, whatever lab wrote it
 */
export function misfitsOf({ record, queryValues, startValues }: Told): string[] {
  const first = record.parent?.step ?? 0; // where what is kept of before was measured
  const found = [
    ...(digestOf(record) === record.digest ? [] : ["the digest is not the one of its numbers"]),
    ...(record.finalTest && !fitsFinalTest(record.finalTest, record.digest)
      ? ["the digest of its final test is not the one of its numbers"]
      : []),
    ...(record.baselines && !fitsBaselines(record.baselines, record.digest)
      ? ["the digest of its baselines is not the one of their numbers"]
      : []),
    ...differing("final", finalValues(record), [
      ["the mean over its languages", languageMeans(record)],
      ["its last point", pointValues(record, lastEvaluation(record))],
      ["the mean of perQuery", queryMeans(queryValues)],
      ["the mean of its pools", poolMeans(queryValues)],
    ]),
    ...sizes(record),
    ...counts(record, "perQuery", queryValues),
    ...differing(`the point at step ${first}`, pointValues(record, first), [
      ["the mean of perQueryBefore", queryMeans(startValues)],
      ["the mean of its pools", poolMeans(startValues)],
    ]),
    ...counts(record, "perQueryBefore", startValues),
  ];
  const more = found.length - SHOWN;
  return more > 1 ? [...found.slice(0, SHOWN), `${more} more numbers do not fit`] : found;
}

/** In one sentence, for a line of output. */
export const misfitSentence = (name: string, misfits: readonly string[]): string =>
  `${name}: this record does not fit itself, it was altered after its run or damaged: ${misfits.join("; ")}`;

/** The name of a run wherever its numbers are shown: with a warning where they do not fit each other. */
export const namedRun = (run: {
  readonly name: string;
  readonly misfits?: readonly string[] | undefined;
}): string => (run.misfits && run.misfits.length > 0 ? `${run.name} (record does not fit itself)` : run.name);

/** A number as some part of the file has it. */
interface Claim {
  readonly value: number;
  readonly slack: number; // how far off it may be by its rounding
}

/** By what it is a value of: "map/multi", "map/multi of de", "map/cross of de in fr". */
type Claims = ReadonlyMap<string, Claim>;

const of = (metric: string, lang?: string) => (lang === undefined ? metric : `${metric} of ${lang}`);
const inCell = (x: string, y: string) => `map/cross of ${x} in ${y}`;

/** Sums of doubles in another order. */
const SUMMED = 1e-9;
/** Half the last bit of a float32, relative. */
const FLOAT32 = 2 ** -24;

function* differing(
  what: string,
  claims: Claims,
  others: readonly (readonly [source: string, claims: Claims])[],
): Generator<string> {
  for (const [name, { value }] of claims) {
    for (const [source, theirs] of others) {
      const their = theirs.get(name);
      if (!their || Math.abs(value - their.value) <= their.slack) continue;
      yield `${what} ${name} is ${brief(value)}, ${source} ${brief(their.value)}`;
      break;
    }
  }
}

const brief = (value: number) => String(Number(value.toPrecision(8)));

type Entries = [string, Claim][];
const claim = (entries: Entries, name: string, value: number | null | undefined, slack = 0) => {
  if (typeof value === "number" && !Number.isNaN(value)) entries.push([name, { value, slack }]);
};

function finalValues({ final }: RunRecord): Claims {
  const entries: Entries = [];
  for (const [metric, value] of Object.entries(final.values)) claim(entries, metric, value);
  for (const [lang, { values }] of Object.entries(final.perLanguage))
    for (const [metric, value] of Object.entries(values)) claim(entries, of(metric, lang), value);
  for (const [x, row] of Object.entries(final.matrix))
    for (const [y, value] of Object.entries(row)) claim(entries, inCell(x, y), value);
  return new Map(entries);
}

/** What the numbers over all languages, and those of the matrix' rows, must be. */
function languageMeans({ final }: RunRecord): Claims {
  const entries: Entries = [];
  const rows = Object.entries(final.matrix);
  const others = (x: string, row: (typeof rows)[number][1]) =>
    Object.entries(row).flatMap(([y, value]) => (y === x ? [] : [value]));
  const slack = (value: number | null) => SUMMED * Math.max(1, Math.abs(value ?? 0));
  for (const metric of Object.keys(final.values)) {
    const own = Object.values(final.perLanguage).map(({ values }) => values[metric]);
    if (findMetric(metric)?.pool === "cross" || own.some((value) => value === undefined)) continue;
    const mean = meanDefined(own.map((value) => value ?? null));
    claim(entries, metric, mean, slack(mean));
  }
  const cross = meanDefined(rows.flatMap(([x, row]) => others(x, row)));
  claim(entries, "map/cross", cross, slack(cross));
  for (const [x, row] of rows) {
    claim(entries, of("map/mono", x), row[x]);
    const mean = meanDefined(others(x, row));
    claim(entries, of("map/cross", x), mean, slack(mean));
  }
  for (const [path, table] of Object.entries(final.pairs ?? {})) {
    const own = Object.entries(table);
    const all = meanDefined(own.flatMap(([x, row]) => others(x, row)));
    claim(entries, path, all, slack(all));
    for (const [x, row] of own) {
      claim(entries, of(path.replace("/pairs", "/mono"), x), row[x]);
      const mean = meanDefined(others(x, row));
      claim(entries, of(path, x), mean, slack(mean));
    }
  }
  return new Map(entries);
}

/** The step of the evaluation that ended the run. */
const lastEvaluation = (record: RunRecord): number =>
  record.points.reduce(
    (last, { step, metric }) => (metric === "map/multi" ? Math.max(last, step) : last),
    0,
  ) || stepsDone(record);

/** The last points of an evaluation: one of a part of the queries may stand before that of all. */
function pointValues({ points }: RunRecord, at: number): Claims {
  const entries: Entries = [];
  for (const { step, metric, lang, value } of points)
    if (step === at && findMetric(metric)?.pool !== undefined) claim(entries, of(metric, lang), value);
  return new Map(entries);
}

function queryMeans(values: QueryValues | undefined): Claims {
  const entries: Entries = [];
  if (!values) return new Map();
  const sums = clusterSums(values, Object.keys(values.values));
  for (const own of sums.metrics) {
    const largest = values.values[own.metric]!.reduce(
      (most, v) => (Math.abs(v) > most ? Math.abs(v) : most),
      0,
    );
    const slack = FLOAT32 * largest + SUMMED;
    const totals = languageTotals(sums, own);
    const { byLanguage, overall } = meansOf(totals.sums, totals.counts, own.weights);
    claim(entries, own.metric, overall, slack);
    sums.languages.forEach((lang, i) => claim(entries, of(own.metric, lang), byLanguage[i], slack));
  }
  return new Map(entries);
}

/** What AP by pool says of the matrix, and of each language's means. */
function poolMeans(values: QueryValues | undefined): Claims {
  const entries: Entries = [];
  if (!values?.pools) return new Map();
  const { languages, queryLangs, pools } = values;
  const table = createMeanTable(languages.length ** 2);
  pools.forEach((value, i) => {
    const [query, y] = [Math.floor(i / languages.length), i % languages.length];
    if (!Number.isNaN(value)) table.add(queryLangs[query]! * languages.length + y, value);
  });
  const slack = FLOAT32 + SUMMED;
  languages.forEach((lang, x) => {
    const row = languages.map((_, y) => table.mean(x * languages.length + y));
    languages.forEach((other, y) => claim(entries, inCell(lang, other), row[y], slack));
    claim(entries, of("map/mono", lang), row[x], slack);
    const others = meanDefined(row.filter((_, y) => y !== x));
    claim(entries, of("map/cross", lang), others, 2 * slack);
  });
  return new Map(entries);
}

function* held(what: string, value: number, source: string, their: number): Generator<string> {
  if (value !== their) yield `final ${what} is ${value}, ${source} ${their}`;
}

function* sizes({ final }: RunRecord): Generator<string> {
  const sum = Object.values(final.perLanguage).reduce((n, own) => n + own.queries, 0);
  yield* held("queries", final.queries, "the sum over its languages", sum);
}

/** How many queries there are in all and by language, and how many pools each language asks. */
function* counts({ final }: RunRecord, name: string, queries: QueryValues | undefined): Generator<string> {
  if (!queries) return;
  const { languages, queryLangs, crossPools, values } = queries;
  const all = final.queries + final.skippedQueries;
  yield* held("queries, skipped ones too,", all, `${name} has`, queryLangs.length);
  const asked = new Int32Array(languages.length);
  values["map/multi"]?.forEach((value, q) => {
    if (!Number.isNaN(value)) asked[queryLangs[q]!]!++;
  });
  for (const [lang, own] of Object.entries(final.perLanguage)) {
    const at = languages.indexOf(lang);
    yield* held(`queries of ${lang}`, own.queries, `${name} has`, asked[at] ?? 0);
    const row = Object.entries(final.matrix[lang] ?? {});
    const answered = row.filter(([other, value]) => other !== lang && value !== null).length;
    yield* held(`number of pools that ${lang} asks`, answered, `${name} has`, crossPools[at] ?? 0);
  }
}
