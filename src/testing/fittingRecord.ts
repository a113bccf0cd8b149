// A finished run whose numbers are the means of given values of single queries, for tests of records that fit themselves.
import { digestOf } from "../core/record/digest.ts";
import { evalPoints } from "../core/record/evalPoints.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { createMeanTable, meanDefined } from "../core/metrics/languageMeans.ts";
import type { EvalResult } from "../core/metrics/evaluation.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { testRecord } from "./testRecord.ts";

/** @param queries every language answered in all pools: `crossPools` are equal */
function resultOf({ languages, queryLangs, values }: QueryValues): EvalResult {
  const means = Object.entries(values).map(([metric, own]) => {
    const table = createMeanTable(languages.length);
    own.forEach((value, q) => {
      if (!Number.isNaN(value)) table.add(queryLangs[q]!, value);
    });
    return [metric, languages.map((_, lang) => table.mean(lang))] as const;
  });
  const ofLanguage = (lang: number) => Object.fromEntries(means.map(([metric, own]) => [metric, own[lang]!]));
  const asked = languages.map((_, lang) => queryLangs.filter((own) => own === lang).length);
  return {
    ...testRecord.final,
    values: {
      ...testRecord.final.values,
      ...Object.fromEntries(means.map(([metric, own]) => [metric, meanDefined(own)])),
    },
    perLanguage: Object.fromEntries(
      languages.map((name, lang) => [name, { values: ofLanguage(lang), queries: asked[lang]! }]),
    ),
    matrix: Object.fromEntries(
      languages.map((x, lang) => [
        x,
        Object.fromEntries(
          languages.map((y) => [y, ofLanguage(lang)[x === y ? "map/mono" : "map/cross"]!] as const),
        ),
      ]),
    ),
    queries: queryLangs.length,
    skippedQueries: 0,
  };
}

/** @param before of the evaluation at step 0; left out: there is none */
export function fittingRecord(
  after: QueryValues,
  before?: QueryValues,
  part: Partial<RunRecord> = {},
): RunRecord {
  const final = resultOf(after);
  const measured = (result: EvalResult, step: number) =>
    evalPoints(result, step, []).filter(({ metric }) => metric in after.values);
  const record = {
    ...testRecord,
    points: [
      ...(before ? measured(resultOf(before), 0) : []),
      ...testRecord.points.filter(({ metric }) => metric.startsWith("loss/")),
      ...measured(final, testRecord.spec.steps),
    ],
    final,
    ...part,
  };
  return { ...record, digest: digestOf(record) };
}
