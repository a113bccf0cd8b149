// The rows of the table: runs as they are filtered, ordered and grouped. Draws nothing.
import {
  columnGroupingFeature,
  createColumnHelper,
  createExpandedRowModel,
  createGroupedRowModel,
  createSortedRowModel,
  rowAggregationFeature,
  rowExpandingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { useStore } from "zustand";
import { listedRuns } from "../../core/runTable/columnFilter.ts";
import type { ListRow } from "../../core/runTable/choosing.ts";
import { groupMean, sharedValue } from "../../core/runTable/groupMean.ts";
import { EXPERIMENT, runColumns, type CellValue, type RunColumn } from "../../core/runTable/runColumns.ts";
import { compareValues } from "../../core/runTable/sorting.ts";
import { runNames } from "../../core/naming/runNames.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { experimentCourse } from "../../state/run/experimentCourse.ts";
import type { Run } from "../../state/run/run.ts";
import { tableStore } from "../../state/tableStore.ts";

const FEATURES = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnGroupingFeature,
  groupedRowModel: createGroupedRowModel(),
  rowAggregationFeature,
  rowExpandingFeature,
  expandedRowModel: createExpandedRowModel(),
});
const helper = createColumnHelper<typeof FEATURES, Run>();

const definition = (column: RunColumn) =>
  helper.accessor((run): unknown => column.value(run), {
    id: column.id,
    sortUndefined: "last",
    sortFn: (a, b, id) => compareValues(a.getValue<CellValue>(id), b.getValue<CellValue>(id)),
    aggregationFn: {
      aggregate: ({ rows }) => {
        const runs = rows.map(({ original }) => original);
        return column.metric ? groupMean(runs, column)?.mean : sharedValue(runs, column);
      },
    },
  });

let last: readonly RunColumn[] = [];

/** The same array as last time where it has the same columns, so that new numbers alone draw little anew. */
function steady(columns: readonly RunColumn[]): readonly RunColumn[] {
  const isSame = columns.length === last.length && columns.every(({ id }, i) => id === last[i]!.id);
  return isSame ? last : (last = columns);
}

/** A run, or a group of them. */
export interface TableRow extends ListRow {
  readonly run?: Run; // of a row that is one
  readonly runs: readonly Run[];
  readonly isOpen?: boolean; // of a group
  readonly label?: string | undefined; // of a group of seeds
  readonly isMember: boolean; // stands below its group
}

export interface RunsTableRows {
  readonly columns: readonly RunColumn[]; // all that there are
  readonly shown: readonly RunColumn[];
  readonly listed: readonly Run[]; // filtered
  readonly rows: readonly TableRow[]; // as they stand
  readonly group: RunColumn | undefined;
}

export function useRunsTable(runs: readonly Run[]): RunsTableRows {
  const choices = useStore(preferencesStore, (state) => state.runsTable);
  const { text, filters, open } = useStore(tableStore);
  const columns = useMemo(() => steady(runColumns(runs)), [runs]);
  const definitions = useMemo(() => [...columns, EXPERIMENT].map(definition), [columns]);
  const shown = useMemo(
    () => choices.columns.flatMap((id) => columns.find((column) => column.id === id) ?? []),
    [columns, choices.columns],
  );
  const listed = useMemo(
    () => [...listedRuns(runs, columns, { text, filters })],
    [runs, columns, text, filters],
  );
  const group = [EXPERIMENT, ...columns].find(({ id }) => id === choices.group);
  const grouping = useMemo(() => (group ? [group.id] : []), [group]);
  const sorting = useMemo(() => [...choices.sort], [choices.sort]);
  const table = useTable({
    features: FEATURES,
    columns: definitions,
    data: listed,
    getRowId: (run) => run.id,
    state: { sorting, grouping, expanded: open },
    autoResetExpanded: false,
  });
  const model = table.getRowModel();
  const isBySeeds = group === EXPERIMENT;
  const rows = useMemo(() => {
    const names = isBySeeds
      ? experimentNames(
          model.rows.flatMap((row) =>
            row.getIsGrouped() ? [row.getLeafRows().map(({ original }) => original)] : [],
          ),
        )
      : undefined;
    return model.rows.map((row): TableRow => {
      if (!row.getIsGrouped()) {
        const { original: run } = row;
        return { id: run.id, items: [run.id], run, runs: [run], isMember: row.depth > 0 };
      }
      const members = row.getLeafRows().map(({ original }) => original);
      const items = members.map(({ id }) => id);
      const label = names?.get(items[0]!);
      return { id: row.id, items, runs: members, isOpen: row.getIsExpanded(), isMember: false, label };
    });
  }, [model, isBySeeds]);
  return { columns, shown, listed, rows, group };
}

/** What seeds of an experiment are called together, by the id of their first: what sets it apart from the others. One run has its own name. */
function experimentNames(groups: readonly (readonly Run[])[]): Map<string, string> {
  const seeded = groups.map((runs) => {
    const [{ id, createdAt, name }] = runs as [Run, ...Run[]];
    return { id, createdAt, ...experimentCourse(runs[0]!), ...(runs.length === 1 && { given: name }) };
  });
  return new Map([...runNames(seeded)].map(([id, { name }]) => [id, name]));
}
