// Which runs a table lists: by words anywhere in them, and by each column's own filter. Pure.
import { isSaid, saidLines } from "../naming/runSearch.ts";
import type { ListedRun, RunColumn } from "./runColumns.ts";
import { compareValues } from "./sorting.ts";

/** Bounds are included. A filter without any bound, choice or word lets all pass. */
export interface ColumnFilter {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly among?: readonly string[];
  readonly words?: string;
}

export const isEmptyFilter = ({ from, to, among = [], words = "" }: ColumnFilter): boolean =>
  from === undefined && to === undefined && among.length === 0 && words.trim() === "";

/** A run without a value passes only where nothing is asked of it. */
export function passes(filter: ColumnFilter, column: RunColumn, run: ListedRun): boolean {
  if (isEmptyFilter(filter)) return true;
  const { from = -Infinity, to = Infinity, among = [], words = "" } = filter;
  const value = column.value(run);
  if (value === undefined) return false;
  if (typeof value === "number") return value >= from && value <= to;
  const parts = column.parts?.(run) ?? [value];
  return (among.length === 0 || parts.some((part) => among.includes(part))) && hasWords(value, words);
}

/** The runs that have all that is asked. */
export function listedRuns<R extends ListedRun>(
  runs: readonly R[],
  columns: readonly RunColumn[],
  asked: { readonly text: string; readonly filters: Readonly<Record<string, ColumnFilter>> },
): readonly R[] {
  const filtered = columns.flatMap((column) => {
    const filter = asked.filters[column.id];
    return filter && !isEmptyFilter(filter) ? [{ column, filter }] : [];
  });
  return runs.filter(
    (run) =>
      isFound(run, asked.text, columns) &&
      filtered.every(({ column, filter }) => passes(filter, column, run)),
  );
}

/** What a choice can be made among: each part of each value, in the order of the alphabet. */
export function choicesOf(column: RunColumn, runs: readonly ListedRun[]): readonly string[] {
  const parts = runs.flatMap((run) => {
    const value = column.value(run);
    return value === undefined ? [] : (column.parts?.(run) ?? [String(value)]);
  });
  return [...new Set(parts)].sort(compareValues);
}

/** Runs never change: each is spelled once, a fact or setting a line. */
const spelled = new WeakMap<ListedRun, readonly string[]>();

/** Whether all that is asked stands in the run: in its facts, or in its settings beside their names. */
export function isFound(run: ListedRun, text: string, columns: readonly RunColumn[]): boolean {
  const lines = spelled.get(run) ?? linesOf(run, columns);
  spelled.set(run, lines);
  return isSaid(text, lines);
}

const linesOf = (run: ListedRun, columns: readonly RunColumn[]): readonly string[] =>
  columns
    .filter(({ metric, type }) => metric === undefined && type !== "date")
    .flatMap(({ setting, label, value }) => saidLines(`${setting ? `${label} ` : ""}${value(run) ?? ""}`));

function hasWords(text: string, words: string): boolean {
  const lower = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
