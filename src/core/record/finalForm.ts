// How an evaluation stands in a record, in files, stores and digests: each number in its place, which some have had since
// version 0.1 under another name than their path. The only file that knows of two spellings.
import * as v from "valibot";
import type { EvalResult, LanguageResult, Values } from "../metrics/evaluation.ts";
import type { EvalMetric } from "../metrics/metric.ts";
import { CUT_FAMILIES, cutMetric } from "../metrics/cuts.ts";
import { EVAL_METRICS } from "../metrics/metricTable.ts";

/** Names that single languages' numbers have had from the start, where they are not their places in the whole. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  "map/mono": "mono",
  "map/cross": "cross",
  "map/multi": "multi",
  "ndcg@10/mono": "ndcg10",
  "recall@100/mono": "recall100",
};

type Place = readonly [group: string, name?: string];
type PlaceOf = (path: string) => Place;

/** ["map", "mono"], ["recall", "recall@1/mono"], ["rankDistance"]: of the means over languages. */
export const overallPlace: PlaceOf = (path) => {
  const [group, name] = path.split(/[@/]/, 2);
  return path.includes("@") ? [group!, path] : name === undefined ? [path] : [group!, name];
};

/** Of the numbers of one language. */
export const languagePlace: PlaceOf = (path) => {
  const old = OLD_NAMES[path];
  return old === undefined ? overallPlace(path) : [old];
};

type Form = Record<string, unknown>;

function writtenValues(values: Values, placeOf: PlaceOf): Form {
  const form: Form = {};
  for (const [path, value] of Object.entries(values)) {
    const [group, name] = placeOf(path);
    if (name === undefined) form[group] = value;
    else (form[group] = (form[group] ?? {}) as Form)[name] = value;
  }
  return form;
}

function readValues(form: Form, placeOf: PlaceOf, metrics: readonly EvalMetric[]): Values {
  const values: Record<string, number | null> = {};
  for (const family of CUT_FAMILIES) {
    for (const [path, value] of Object.entries((form[family] ?? {}) as Values)) {
      if (cutMetric(path)) values[path] = value;
    }
  }
  for (const { path } of metrics) {
    const [group, name] = placeOf(path);
    const value = name === undefined ? form[group] : (form[group] as Form | undefined)?.[name];
    if (value !== undefined) values[path] = value as number | null; // the schema has seen to it
  }
  return values;
}

/** An evaluation as a record has it: plain JSON. */
export function writtenFinal({ values, perLanguage, ...rest }: EvalResult): Form {
  const languages = Object.entries(perLanguage).map(([lang, { values: own, queries }]) => [
    lang,
    { ...writtenValues(own, languagePlace), queries },
  ]);
  return { ...writtenValues(values, overallPlace), perLanguage: Object.fromEntries(languages), ...rest };
}

const orNull = v.nullable(v.pipe(v.number(), v.finite()));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(200));

const pairTable = v.record(text, v.record(text, orNull));

const ifOld = (since: number, schema: v.GenericSchema) => (since === 1 ? schema : v.exactOptional(schema));

/** A schema entry for each place: numbers that all records have are asked for, the others and cuts may be missing. */
function entriesOf(metrics: readonly EvalMetric[], placeOf: PlaceOf): Record<string, v.GenericSchema> {
  const placed = metrics.map(({ path, since }) => ({ since, place: placeOf(path) }));
  const others = placed.filter(({ place: [group] }) => !CUT_FAMILIES.includes(group));
  const groups = [...new Set(others.map(({ place: [group] }) => group))].map((group) => {
    const own = others.filter(({ place }) => place[0] === group);
    const names = own.map(({ place, since }) => [place[1] ?? "", ifOld(since, orNull)] as const);
    const schema = own[0]!.place[1] === undefined ? orNull : v.object(Object.fromEntries(names));
    return [group, ifOld(Math.min(...own.map(({ since }) => since)), schema)] as const;
  });
  const cuts = CUT_FAMILIES.map((family) => [family, v.exactOptional(v.record(text, orNull))] as const);
  return Object.fromEntries<v.GenericSchema>([...groups, ...cuts]);
}

const LANGUAGE_METRICS = EVAL_METRICS.filter(({ kept }) => kept !== "mean");

const languageSchema = v.pipe(
  v.object({ ...entriesOf(LANGUAGE_METRICS, languagePlace), queries: count }),
  v.transform((form): LanguageResult => ({
    values: readValues(form, languagePlace, LANGUAGE_METRICS),
    queries: form.queries,
  })),
);

/** Reads what `writtenFinal` writes, and what versions from 0.1 on wrote. */
export const finalSchema = v.pipe(
  v.object({
    ...entriesOf(EVAL_METRICS, overallPlace),
    perLanguage: v.record(text, languageSchema),
    matrix: pairTable,
    pairs: v.exactOptional(v.record(text, pairTable)),
    queries: count,
    skippedQueries: count,
    skippedPairs: v.exactOptional(v.record(text, v.record(text, count)), {}),
    pool: count,
  }),
  v.transform((form): EvalResult => {
    const { perLanguage, matrix, pairs, queries, skippedQueries, skippedPairs, pool } = form;
    const values = readValues(form, overallPlace, EVAL_METRICS);
    const measured = { values, perLanguage, matrix, ...(pairs && { pairs }) };
    return { ...measured, queries, skippedQueries, skippedPairs, pool };
  }),
);
