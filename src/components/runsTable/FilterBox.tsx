// The filter of one column: a range of numbers or days, a choice among what there is, or words.
import { useMemo } from "react";
import { useStore } from "zustand";
import { choicesOf, type ColumnFilter } from "../../core/runTable/columnFilter.ts";
import type { ColumnType, RunColumn } from "../../core/runTable/runColumns.ts";
import type { Run } from "../../state/run/run.ts";
import { tableStore } from "../../state/tableStore.ts";
import { SearchBox } from "../controls/SearchBox.tsx";
import { cellText, headText } from "./cellText.ts";

interface FilterBoxProps {
  readonly column: RunColumn;
  readonly runs: readonly Run[];
}

const NONE: ColumnFilter = {};

export function FilterBox({ column, runs }: FilterBoxProps) {
  const filter = useStore(tableStore, (state) => state.filters[column.id] ?? NONE);
  const set = (part: ColumnFilter) => tableStore.getState().setFilter(column.id, { ...filter, ...part });
  const name = headText(column);
  if (column.type === "number" || column.type === "date") {
    const bounds = { from: `${name} from`, to: `${name} up to` } as const;
    return (
      <>
        {(["from", "to"] as const).map((bound) => (
          <input
            key={bound}
            className="textBox"
            type={column.type}
            step="any"
            aria-label={bounds[bound]}
            placeholder={bound}
            defaultValue={boundText(filter[bound], column.type)}
            onChange={({ target }) => set({ [bound]: numberOf(target, bound) })}
          />
        ))}
      </>
    );
  }
  if (column.type === "choice") return <Choice {...{ column, runs, filter, set }} />;
  return (
    <SearchBox
      label={`${name} has`}
      placeholder="has"
      value={filter.words ?? ""}
      onValue={(words) => set({ words })}
    />
  );
}

interface ChoiceProps extends FilterBoxProps {
  readonly filter: ColumnFilter;
  readonly set: (part: ColumnFilter) => void;
}

function Choice({ column, runs, filter, set }: ChoiceProps) {
  const choices = useMemo(() => choicesOf(column, runs), [column, runs]);
  return (
    <select
      className="select"
      aria-label={`${headText(column)} is`}
      value={filter.among?.[0] ?? ""}
      onChange={({ target }) => set({ among: target.value === "" ? [] : [target.value] })}
    >
      <option value="">any</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {cellText(column, choice)}
        </option>
      ))}
    </select>
  );
}

const boundText = (bound: number | undefined, type: ColumnType) =>
  bound === undefined || type !== "date" ? bound : new Date(bound).toLocaleDateString("sv"); // as the box has it

/** A day counts from its first moment to its last, where the person is. */
function numberOf(
  { type, value, valueAsNumber }: HTMLInputElement,
  bound: "from" | "to",
): number | undefined {
  if (value === "" || Number.isNaN(valueAsNumber)) return undefined;
  if (type !== "date") return valueAsNumber;
  return new Date(`${value}T${bound === "from" ? "00:00" : "23:59:59.999"}`).getTime();
}
