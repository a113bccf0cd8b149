// Results of many pupils told apart: by recipe, by test, equal ones, altered ones. Draws nothing and names no pupil.
import { canonicalJson } from "../data/canonicalJson.ts";
import { groupBy } from "../groupBy.ts";
import { runNames } from "../naming/runNames.ts";
import { findColumn, appendPoints, NO_POINTS, type Column } from "../record/pointColumns.ts";
import { recipeCode } from "../record/recipeCode.ts";
import { sameTest } from "../record/sameTest.ts";
import { groupValue, type SeedMean } from "../series/groupValue.ts";
import { evalTarget } from "../spec/resolve.ts";
import type { Course } from "../spec/course.ts";
import type { Result } from "./resultFile.ts";
import { courseOfRecord } from "../record/courseOfRecord.ts";

/** All results of one recipe on the same data. */
export interface ClassGroup {
  readonly code: string; // of the recipe
  readonly label: string; // what sets it apart from the other groups
  readonly course: Course;
  readonly results: readonly Result[]; // in the order in which they came; no two of the same digest
  /** Of each seed the first result: another of it is the same run on another device. */
  readonly seeds: readonly Result[];
}

export interface ClassResults {
  readonly groups: readonly ClassGroup[]; // of the test that most results are of; the largest first
  readonly elsewhere: readonly ClassGroup[]; // measured on other tests: no axis is theirs too
  readonly equal: readonly { readonly file: string; readonly first: string }[]; // the same numbers as another file
  readonly altered: readonly Result[];
}

const courseOf = ({ record }: Result): Course => courseOfRecord(record);

/** Data and encoder of one name may be two: their hashes tell. */
const groupKey = (result: Result) => {
  const { dataSha256, encoderSha256 } = result.record.environment;
  return canonicalJson([recipeCode(courseOf(result)), dataSha256, encoderSha256]);
};

export function classResults(results: readonly Result[]): ClassResults {
  const altered = results.filter(({ misfits }) => misfits.length > 0);
  const byDigest = groupBy(
    results.filter(({ misfits }) => misfits.length === 0),
    ({ record }) => record.digest,
  );
  const equal = [...byDigest.values()].flatMap(([first, ...others]) =>
    others.map(({ file }) => ({ file, first: first!.file })),
  );
  const kept = [...byDigest.values()].map(([first]) => first!);
  const parts = [...groupBy(kept, groupKey).values()].sort((a, b) => b.length - a.length);
  const names = runNames(
    parts.map(([first], i) => {
      const { spec, ...course } = courseOf(first!);
      return { id: String(i), createdAt: i, spec: { ...spec, seed: 0 }, ...course };
    }),
  );
  const all = parts.map((own, i): ClassGroup => {
    const course = courseOf(own[0]!);
    const seeds = groupBy(own, ({ record }) => record.spec.seed);
    return {
      code: recipeCode(course),
      label: names.get(String(i))!.name,
      course,
      results: own,
      seeds: [...seeds.values()].map(([first]) => first!),
    };
  });
  const main = mainTest(all);
  return {
    groups: all.filter((group) => main !== undefined && isSameTest(group, main)),
    elsewhere: all.filter((group) => main !== undefined && !isSameTest(group, main)),
    equal,
    altered,
  };
}

const isSameTest = (a: ClassGroup, b: ClassGroup) => {
  const [x, y] = [a.results[0]!.record, b.results[0]!.record];
  return sameTest(x, y) && evalTarget(x.spec).datasetId === evalTarget(y.spec).datasetId;
};

/** A group of the test that most results are of. */
function mainTest(groups: readonly ClassGroup[]): ClassGroup | undefined {
  const size = (group: ClassGroup) =>
    groups.reduce((n, other) => n + (isSameTest(group, other) ? other.results.length : 0), 0);
  return groups.reduce<ClassGroup | undefined>(
    (best, group) => (best === undefined || size(group) > size(best) ? group : best),
    undefined,
  );
}

/** A measure of the group at its runs' ends, over seeds; undefined where one of them lacks it. */
export const groupMean = ({ seeds }: ClassGroup, metric: string): SeedMean | undefined =>
  groupValue(seeds.map(({ record }) => record.final.values[metric] ?? undefined));

/** The lowest and the highest value of all results, repeats on other devices too. */
export function groupRange({ results }: ClassGroup, metric: string): readonly [number, number] | undefined {
  const values = results.flatMap(({ record }) => record.final.values[metric] ?? []);
  return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)];
}

const columns = new WeakMap<Result, ReadonlyMap<string, Column>>();

/** Its measure over the steps; the same object each time. */
export function resultColumn(result: Result, metric: string): Column | undefined {
  const own = columns.get(result) ?? appendPoints(NO_POINTS, result.record.points);
  columns.set(result, own);
  return findColumn(own, metric);
}
