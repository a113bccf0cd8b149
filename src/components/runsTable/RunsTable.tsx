// All runs as a table: find, order, group, choose several and do something with them. Trains nothing.
import { useMemo } from "react";
import { useStore } from "zustand";
import { stillThere } from "../../core/runTable/choosing.ts";
import { tableStore } from "../../state/tableStore.ts";
import { useCalmRuns } from "../runs/useCalmRuns.ts";
import { ChosenBar } from "./ChosenBar.tsx";
import { TableGrid } from "./TableGrid.tsx";
import { TableTools } from "./TableTools.tsx";
import { useRunsTable } from "./useRunsTable.ts";
import "./runsTable.css";

export function RunsTable() {
  const runs = useCalmRuns();
  const table = useRunsTable(runs);
  const wished = useStore(tableStore, (state) => state.chosen);
  const { listed } = table;
  const chosen = useMemo(() => stillThere(wished, new Set(listed.map(({ id }) => id))), [wished, listed]);
  const chosenRuns = useMemo(() => listed.filter(({ id }) => chosen.items.has(id)), [listed, chosen]);
  return (
    <section className="runsTable" aria-label="All runs">
      <TableTools table={table} total={runs.length} />
      <ChosenBar runs={chosenRuns} />
      {runs.length === 0 ? (
        <p className="runsTable-empty">No runs yet. Every run you train is listed here.</p>
      ) : listed.length === 0 ? (
        <p className="runsTable-empty">No run fits.</p>
      ) : (
        <TableGrid table={table} chosen={chosen} />
      )}
    </section>
  );
}
