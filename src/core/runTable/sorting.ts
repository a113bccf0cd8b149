// In which order a table has its rows: by one column after the other, those without a value last. Pure.
import type { CellValue, RunColumn } from "./runColumns.ts";

export interface ColumnSort {
  readonly id: string; // of a column
  readonly desc: boolean;
}

const { compare } = new Intl.Collator("en", { numeric: true });

/** Ascending: numbers by size, words as people order them ("seed 2" before "seed 10"). */
export function compareValues(a: CellValue, b: CellValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compare(String(a), String(b));
}

/** What is asked for first when a column is pressed: the best, the newest, else from the start. */
const isDescFirst = ({ metric, type }: RunColumn) => metric?.better === "higher" || type === "date";

/**
 * Pressed once, twice, and a third time for no order by this column.
 * @param more whether the orders by other columns stay, before this one
 */
export function nextSort(
  sort: readonly ColumnSort[],
  column: RunColumn,
  more: boolean,
): readonly ColumnSort[] {
  const { id } = column;
  const first = isDescFirst(column);
  const now = sort.find((one) => one.id === id);
  const next = !now ? [{ id, desc: first }] : now.desc === first ? [{ id, desc: !first }] : [];
  if (!more) return next;
  return now ? sort.flatMap((one) => (one.id === id ? next : [one])) : [...sort, ...next];
}
