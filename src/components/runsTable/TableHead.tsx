// The headings of the table: what orders it, and below them its filters. Orders nothing itself.
import { ArrowDown, ArrowUp } from "lucide-react";
import { useStore } from "zustand";
import type { RunColumn } from "../../core/runTable/runColumns.ts";
import { nextSort } from "../../core/runTable/sorting.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { tableStore } from "../../state/tableStore.ts";
import type { Run } from "../../state/run/run.ts";
import { headText } from "./cellText.ts";
import { FilterBox } from "./FilterBox.tsx";

interface TableHeadProps {
  readonly shown: readonly RunColumn[];
  readonly runs: readonly Run[]; // all that a filter can choose among
  readonly all: "all" | "some" | "none"; // of the listed ones are chosen
  readonly onAll: () => void;
}

export function TableHead({ shown, runs, all, onAll }: TableHeadProps) {
  const sort = useStore(preferencesStore, (state) => state.runsTable.sort);
  const filtersShown = useStore(tableStore, (state) => state.filtersShown);
  const { setRunsTable } = preferencesStore.getState();
  return (
    <div className="runsTable-head" role="rowgroup">
      <div className="runsTable-row" role="row" aria-rowindex={1}>
        <span className="runsTable-mark" role="columnheader" aria-label="Chosen">
          <label>
            <input
              type="checkbox"
              aria-label="Choose all listed runs"
              checked={all === "all"}
              ref={(box) => {
                if (box) box.indeterminate = all === "some";
              }}
              onChange={onAll}
            />
          </label>
        </span>
        {shown.map((column) => {
          const at = sort.findIndex(({ id }) => id === column.id);
          const desc = sort[at]?.desc;
          const Arrow = desc ? ArrowDown : ArrowUp;
          return (
            <div
              key={column.id}
              className="runsTable-cell"
              role="columnheader"
              data-type={column.type}
              data-name={column.id === "name" || undefined}
              aria-sort={at < 0 ? "none" : desc ? "descending" : "ascending"}
            >
              <button
                type="button"
                title={column.help}
                onClick={({ shiftKey }) => setRunsTable({ sort: nextSort(sort, column, shiftKey) })}
              >
                <span>{headText(column)}</span>
                {at >= 0 && <Arrow aria-hidden size="1em" />}
                {sort.length > 1 && at >= 0 && <small>{at + 1}</small>}
              </button>
            </div>
          );
        })}
      </div>
      {filtersShown && (
        <div className="runsTable-row runsTable-filters" role="row" aria-rowindex={2}>
          <span className="runsTable-mark" role="gridcell" />
          {shown.map((column) => (
            <div
              key={column.id}
              className="runsTable-cell"
              role="gridcell"
              data-name={column.id === "name" || undefined}
            >
              <FilterBox column={column} runs={runs} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
