// Which columns the table has: every fact, setting and number there is, to be ticked. Remembered.
import { useState } from "react";
import { useStore } from "zustand";
import type { RunColumn } from "../../core/runTable/runColumns.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { TABLE_AT_FIRST } from "../../state/tableChoices.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { SearchBox } from "../controls/SearchBox.tsx";
import { headText } from "./cellText.ts";

interface ColumnsDialogProps {
  readonly columns: readonly RunColumn[];
  readonly onClose: () => void;
}

const TITLES: Readonly<Record<RunColumn["group"], string>> = {
  run: "The run",
  number: "Numbers",
  data: "Data",
  languages: "Languages",
  batch: "Batches",
  loss: "Loss",
  encoder: "Encoder",
  optimizer: "Optimiser",
  schedule: "Length and seed",
  evaluate: "Evaluation",
  compute: "Compute",
};
const GROUPS = Object.keys(TITLES) as RunColumn["group"][];

export function ColumnsDialog({ columns, onClose }: ColumnsDialogProps) {
  const chosen = useStore(preferencesStore, (state) => state.runsTable.columns);
  const [text, setText] = useState("");
  const { setRunsTable } = preferencesStore.getState();
  const found = columns.filter((column) =>
    `${headText(column)} ${column.id}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const toggle = ({ id }: RunColumn) => {
    const others = chosen.filter((one) => one !== id);
    const next = others.length < chosen.length ? others : [...chosen, id];
    if (next.length > 0) setRunsTable({ columns: next });
  };
  return (
    <Dialog
      title="Columns"
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={() => setRunsTable({ columns: TABLE_AT_FIRST.columns })}>
            As at first
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <SearchBox className="runsTable-columnSearch" label="Find a column" value={text} onValue={setText} />
      <div className="runsTable-columns">
        {GROUPS.map((group) => {
          const those = found.filter((column) => column.group === group);
          if (those.length === 0) return null;
          return (
            <fieldset key={group}>
              <legend>{TITLES[group]}</legend>
              {those.map((column) => (
                <label key={column.id} title={column.help}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(column.id)}
                    onChange={() => toggle(column)}
                  />
                  {headText(column)}
                </label>
              ))}
            </fieldset>
          );
        })}
        {found.length === 0 && <p>No column has this name.</p>}
      </div>
    </Dialog>
  );
}
