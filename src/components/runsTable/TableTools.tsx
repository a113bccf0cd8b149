// What the table is asked: words, filters, groups, columns. Filters nothing itself.
import { counted } from "../../core/counted.ts";
import { Columns3, ListFilter } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { EXPERIMENT, type RunColumn } from "../../core/runTable/runColumns.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { tableStore } from "../../state/tableStore.ts";
import { Button } from "../controls/Button.tsx";
import { SearchBox } from "../controls/SearchBox.tsx";
import { ColumnsDialog } from "./ColumnsDialog.tsx";
import type { RunsTableRows } from "./useRunsTable.ts";

/** What says little of several runs together. */
const UNGROUPED = ["name", "date", "digest", "note", "step"];

const groupable = ({ id, metric }: RunColumn) => metric === undefined && !UNGROUPED.includes(id);

export function TableTools({ table, total }: { readonly table: RunsTableRows; readonly total: number }) {
  const { text, filtersShown } = useStore(tableStore);
  const [choosing, setChoosing] = useState(false);
  const { columns, listed, group } = table;
  const { setText, showFilters } = tableStore.getState();
  const { setRunsTable } = preferencesStore.getState();
  return (
    <div className="runsTable-tools">
      <SearchBox
        label="Find runs by words in their facts and settings"
        placeholder="Find runs"
        value={text}
        onValue={setText}
      />
      <label className="runsTable-group">
        <span>Group by</span>
        <select
          className="select"
          value={group?.id ?? ""}
          onChange={({ target }) => setRunsTable({ group: target.value })}
        >
          <option value="">nothing</option>
          <option value={EXPERIMENT.id}>all but the seed</option>
          {columns.filter(groupable).map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Button
        look="quiet"
        icon={ListFilter}
        aria-pressed={filtersShown}
        title={filtersShown ? "Take all filters away" : "A filter below each heading"}
        onClick={() => showFilters(!filtersShown)}
      >
        Filter
      </Button>
      <Button look="quiet" icon={Columns3} onClick={() => setChoosing(true)}>
        Columns
      </Button>
      <span className="runsTable-count" role="status">
        {listed.length < total && `${listed.length} of `}
        {counted(total, "run")}
      </span>
      {choosing && <ColumnsDialog columns={columns} onClose={() => setChoosing(false)} />}
    </div>
  );
}
