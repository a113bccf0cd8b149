// The points of a run in columns, one per metric and language: what charts, tables and files read. Never draws.
import { BATCH_KINDS, type BatchKind } from "../spec/batchKind.ts";
import type { Point } from "./point.ts";

/** One metric (of one language) over steps. Only the first `length` entries belong to this column. */
export interface Column {
  readonly metric: string;
  readonly lang?: string;
  readonly kind?: BatchKind;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly length: number;
}

export type PointColumns = ReadonlyMap<string, Column>;

export const NO_POINTS: PointColumns = new Map();

const keyOf = (metric: string, lang = "", kind = "") => `${metric}\n${lang}\n${kind}`;

/**
 * The columns with `points` behind them. Neither argument changes, yet the cost is O(new points + columns): the
 * new column shares its arrays with the old one, which goes on reading its own length. Only a second append to
 * the same old column has to copy.
 */
export function appendPoints(columns: PointColumns, points: readonly Point[]): PointColumns {
  const next = new Map(columns);
  for (const { step, metric, value, lang, kind } of points) {
    const key = keyOf(metric, lang, kind);
    const old = next.get(key);
    const shared = old !== undefined && old.steps.length === old.length;
    // A cast at the only place that writes: outside, columns are read-only.
    const steps = (shared ? old.steps : (old?.steps.slice(0, old.length) ?? [])) as number[];
    const values = (shared ? old.values : (old?.values.slice(0, old.length) ?? [])) as number[];
    steps.push(step);
    values.push(value);
    next.set(key, {
      metric,
      ...(lang !== undefined && { lang }),
      ...(kind !== undefined && { kind }),
      steps,
      values,
      length: steps.length,
    });
  }
  return next;
}

/** @returns the column of a metric, with its kind named or not; undefined before its first point */
export function findColumn(columns: PointColumns, metric: string, lang?: string): Column | undefined {
  for (const kind of [undefined, ...BATCH_KINDS]) {
    const column = columns.get(keyOf(metric, lang, kind));
    if (column) return column;
  }
  return undefined;
}

/** @returns the columns of a metric that belong to one language each, sorted by language tag */
export function languageColumns(columns: PointColumns, metric: string): Column[] {
  return [...columns.values()]
    .filter((column) => column.metric === metric && column.lang !== undefined)
    .sort((a, b) => (a.lang! < b.lang! ? -1 : 1));
}

/** @returns the last value at or before `step`; undefined if there is none */
export function valueAt(column: Column, step: number): { step: number; value: number } | undefined {
  let low = 0;
  let high = column.length; // the first entry behind `step`
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column.steps[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : { step: column.steps[low - 1]!, value: column.values[low - 1]! };
}

/** Every point again, column by column: for files, not for digests (which need the order of arrival). */
export function* allPoints(columns: PointColumns): Generator<Point> {
  for (const { metric, lang, kind, steps, values, length } of columns.values()) {
    for (let i = 0; i < length; i++) {
      yield {
        step: steps[i]!,
        metric,
        value: values[i]!,
        ...(lang !== undefined && { lang }),
        ...(kind !== undefined && { kind }),
      };
    }
  }
}
