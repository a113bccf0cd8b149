// What a person chose of the table of runs: columns, order, grouping. Knows no column: one that is gone is passed over.
import { COLUMNS_AT_FIRST } from "../core/runTable/runColumns.ts";
import type { ColumnSort } from "../core/runTable/sorting.ts";

export interface TableChoices {
  readonly columns: readonly string[]; // ids, in their order
  readonly sort: readonly ColumnSort[]; // the first one first
  readonly group: string; // id of a column, or ""
}

export const TABLE_AT_FIRST: TableChoices = {
  columns: COLUMNS_AT_FIRST,
  sort: [{ id: "date", desc: true }],
  group: "",
};

const MOST = 200;

/** Whatever is not as expected is left at its default. Never throws. */
export function parseTableChoices(stored: unknown): TableChoices {
  if (typeof stored !== "object" || stored === null) return TABLE_AT_FIRST;
  const { columns, sort, group } = stored as Record<string, unknown>;
  const ids = Array.isArray(columns) ? columns.filter((id) => typeof id === "string").slice(0, MOST) : [];
  return {
    columns: ids.length > 0 ? [...new Set(ids)] : TABLE_AT_FIRST.columns,
    sort: Array.isArray(sort) ? sort.flatMap(parseSort).slice(0, MOST) : TABLE_AT_FIRST.sort,
    group: typeof group === "string" ? group : TABLE_AT_FIRST.group,
  };
}

function parseSort(value: unknown): ColumnSort[] {
  if (typeof value !== "object" || value === null) return [];
  const { id, desc } = value as Record<string, unknown>;
  return typeof id === "string" && typeof desc === "boolean" ? [{ id, desc }] : [];
}
