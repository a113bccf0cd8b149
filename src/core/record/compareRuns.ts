// Whether a run gave again what a record says, number by number: repeated, reproduced or different. Never runs anything.
import type { Values } from "../metrics/evaluation.ts";
import type { Tolerance } from "../metrics/metric.ts";
import { findMetric } from "../metrics/metricTable.ts";
import { languagePlace, overallPlace } from "./finalForm.ts";
import { ageOf, asOfAge } from "./recordAge.ts";
import type { PartFinding } from "./againReasons.ts";
import { PARTS, type Part } from "./parts.ts";
import { PART_WORDS, type Verdict } from "./repeatWords.ts";
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
export function isClose(metric: string | undefined, expected: number, got: number): boolean {
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
  return compareNumbers(expected, got, sameMaker, () => true);
}

/** The part of a run that a number is of, by its name in `numbersOf`. */
function partOf(what: string): Part {
  if (/^(loss\/|distillation\/loss)/.test(what)) return "losses";
  return /^(realised\.|ratio\/|mix\/|weight\/)/.test(what) ? "plan" : "metrics";
}

/** The same for each part: what agreed, and the first number that did not. */
export function compareParts(expected: RunRecord, got: RunRecord, sameMaker: boolean): PartFinding[] {
  return PARTS.map((part) => {
    const { verdict, differences } = compareNumbers(
      expected,
      got,
      sameMaker,
      (what) => partOf(what) === part,
    );
    const [first] = differences;
    const text = (value: number | null | undefined) => (value === undefined ? "missing" : String(value));
    const what = first
      ? `${first.what}: ${text(first.expected)} there, ${text(first.got)} here`
      : PART_WORDS[part];
    return { part, verdict, what };
  });
}

function compareNumbers(
  expected: RunRecord,
  got: RunRecord,
  sameMaker: boolean,
  isMeant: (what: string) => boolean,
): Comparison {
  const a = numbersOf(expected);
  const b = numbersOf(asOfAge(got, ageOf(expected)));
  if (Object.keys(expected.final.skippedPairs).length === 0)
    for (const what of b.keys()) if (what.startsWith("final.skippedPairs.")) b.delete(what);
  const differences: Difference[] = [];
  let verdict: Verdict = "repeated";
  for (const what of new Set([...a.keys(), ...b.keys()])) {
    const { value: x, metric } = a.get(what) ?? {};
    const y = b.get(what)?.value;
    if (x === y || !isMeant(what)) continue;
    differences.push({ what, expected: x, got: y });
    const near = typeof x === "number" && typeof y === "number" && isClose(metric, x, y);
    if (sameMaker || !near) verdict = "different";
    else if (verdict === "repeated") verdict = "reproduced";
  }
  return { verdict, differences };
}
