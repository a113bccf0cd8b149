// Whether a run gave again what a record or a link says: repeated, reproduced or different. Never runs anything.
import type { ExpectedResult } from "../spec/link.ts";
import { fitsDigest } from "./digest.ts";
import type { Values } from "../metrics/evaluation.ts";
import type { Tolerance } from "../metrics/metric.ts";
import { fullText } from "../metrics/metricText.ts";
import { findMetric, metricAt, type MetricPath } from "../metrics/metricTable.ts";
import { expectedValues } from "./expectedResult.ts";
import { languagePlace, overallPlace } from "./finalForm.ts";
import { ageOf, asOfAge } from "./recordAge.ts";
import { REPEAT_MEANINGS, type Verdict } from "./repeatWords.ts";
import { isTiming, type RunRecord } from "./runRecord.ts";

export interface Difference {
  readonly what: string; // "final.map.multi", or "map/mono lang=en at step 20"
  readonly expected: number | null | undefined; // undefined = not there
  readonly got: number | null | undefined;
}

export interface Comparison {
  readonly verdict: Verdict;
  readonly differences: readonly Difference[]; // all for "different"; those within tolerance for "reproduced"
}

/** Of numbers that no row of the metric table stands for, such as counts. */
const REST: Tolerance = { relative: 0.02 };

/** Whether two devices may drift so far apart (docs/reliability.md, "Between devices"): the metric table says for each. */
function isClose(metric: string | undefined, expected: number, got: number): boolean {
  const tolerance = (metric === undefined ? undefined : findMetric(metric))?.tolerance ?? REST;
  const allowed =
    "absolute" in tolerance ? tolerance.absolute : tolerance.relative * Math.max(1, Math.abs(expected));
  return Math.abs(expected - got) <= allowed;
}

/** A number of a record. */
interface RecordNumber {
  readonly value: number | null;
  readonly metric?: string | undefined; // path; of a cell of the matrix that of what it is averaged to
}

/** Every number of a record under a readable name: a point, or its place in the file. Timings are left out. */
export function numbersOf(record: RunRecord): Map<string, RecordNumber> {
  const numbers = new Map<string, RecordNumber>();
  for (const point of record.points) {
    if (isTiming(point)) continue;
    const { metric, value } = point;
    const lang = point.lang === undefined ? "" : ` lang=${point.lang}`;
    numbers.set(`${metric}${lang} at step ${point.step}`, { value, metric });
  }
  const { values, perLanguage, matrix, pairs = {}, ...rest } = record.final;
  const take = (from: Values, placeOf: typeof overallPlace, where: string) => {
    for (const [metric, value] of Object.entries(from)) {
      numbers.set([where, ...placeOf(metric)].join("."), { value, metric });
    }
  };
  take(values, overallPlace, "final");
  for (const [lang, own] of Object.entries(perLanguage)) {
    take(own.values, languagePlace, `final.perLanguage.${lang}`);
    numbers.set(`final.perLanguage.${lang}.queries`, { value: own.queries });
  }
  const walk = (value: unknown, path: string, metric?: string) => {
    if (typeof value === "number" || value === null) numbers.set(path, { value, metric });
    else if (typeof value === "object")
      for (const [k, inner] of Object.entries(value)) walk(inner, `${path}.${k}`, metric);
  };
  walk(matrix, "final.matrix", "map/cross");
  for (const [metric, table] of Object.entries(pairs)) walk(table, `final.pairs.${metric}`, metric);
  walk(record.realised, "realised");
  walk(rest, "final");
  return numbers;
}

/**
 * Numbers that labs of the expected record's age did not measure are not missed in it.
 * @param sameMaker as `isSameMaker` finds it: then only bit-identical counts
 */
export function compareRecords(expected: RunRecord, got: RunRecord, sameMaker: boolean): Comparison {
  const a = numbersOf(expected);
  const b = numbersOf(asOfAge(got, ageOf(expected)));
  if (Object.keys(expected.final.skippedPairs).length === 0)
    for (const what of b.keys()) if (what.startsWith("final.skippedPairs.")) b.delete(what);
  const differences: Difference[] = [];
  let verdict: Verdict = "repeated";
  for (const what of new Set([...a.keys(), ...b.keys()])) {
    const { value: x, metric } = a.get(what) ?? {};
    const y = b.get(what)?.value;
    if (x === y) continue;
    differences.push({ what, expected: x, got: y });
    const near = typeof x === "number" && typeof y === "number" && isClose(metric, x, y);
    if (sameMaker || !near) verdict = "different";
    else if (verdict === "repeated") verdict = "reproduced";
  }
  return { verdict, differences };
}

/** The finished run against what the sender's link promised. `lines` are for people. */
export function compareExpected(
  expected: ExpectedResult,
  record: RunRecord,
): { verdict: Verdict; lines: string[] } {
  if (fitsDigest(record, expected.digest)) {
    return { verdict: "repeated", lines: [REPEAT_MEANINGS.repeated] };
  }
  const promised = Object.entries(expectedValues(expected)).map(([path, want]) => ({
    metric: metricAt(path as MetricPath),
    want,
    got: record.final.values[path] ?? null,
  }));
  const lines = promised.map(
    ({ metric, want, got }) =>
      `${metric.label}: sender ${fullText(metric, want)}, here ${fullText(metric, got)}`,
  );
  const near = promised.every(({ metric, want, got }) => got !== null && isClose(metric.path, want, got));
  const { backend } = record.environment;
  const why =
    backend === expected.backend
      ? "Both ran on the same kind of backend, but devices or data may differ."
      : `The sender ran on ${expected.backend}, this is ${backend}.`;
  return { verdict: near ? "reproduced" : "different", lines: [...lines, why] };
}
