// The chosen runs as files: one line each, every point, or whole. Reads run after run, and keeps none.
import { FileJson, FileSpreadsheet, Table } from "lucide-react";
import { useState } from "react";
import { counted } from "../../core/counted.ts";
import { runsFile, runsFileEntry } from "../../core/export/runsFile.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { RunDetail } from "../../core/record/storedRun.ts";
import { POINT_HEADER, pointsCsv } from "../../core/series/csv.ts";
import type { Run } from "../../state/run/run.ts";
import { pointsOf } from "../../state/run/runFile.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { saveFile } from "../controls/saveFile.ts";
import { overviewCsv } from "../runs/runFiles.ts";

interface ExportChosenProps {
  readonly runs: readonly Run[];
  readonly onClose: () => void;
}

export function ExportChosen({ runs, onClose }: ExportChosenProps) {
  const [said, setSaid] = useState("");
  /** Of each run its part, one after the other; one that cannot be read or has none is left out, and told. */
  const partsOf = async (partOf: (run: Run, detail: RunDetail) => string | undefined) => {
    const parts: string[] = [];
    const missing: string[] = [];
    for (const [i, run] of runs.entries()) {
      setSaid(`Reading run ${i + 1} of ${runs.length} …`);
      try {
        const part = partOf(run, await runStore.getState().readDetail(run.id));
        if (part === undefined) missing.push(`“${run.name}” has no record`);
        else parts.push(part);
      } catch (error) {
        missing.push(`“${run.name}”: ${messageOf(error)}`);
      }
    }
    const [first, ...others] = missing;
    const rest = others.length > 0 ? ` and ${counted(others.length, "other")}` : "";
    setSaid(`Saved ${counted(parts.length, "run")}.${first ? ` Left out: ${first}${rest}.` : ""}`);
    return parts;
  };
  const saveNumbers = () => {
    saveFile("runs.csv", "text/csv", overviewCsv(runs));
    setSaid(`Saved ${counted(runs.length, "run")}.`);
  };
  const savePoints = async () => {
    const head = pointsCsv([]);
    const parts = await partsOf((run, detail) => pointsCsv([pointsOf(run, detail)]).slice(head.length));
    saveFile("points.csv", "text/csv", new Blob([head, ...parts]));
  };
  const saveWhole = async () => {
    const entries = await partsOf((run, { record, ...values }) =>
      record ? runsFileEntry(run, { record, ...values }) : undefined,
    );
    if (entries.length > 0) saveFile("runs.json", "application/json", new Blob([...runsFile(entries)]));
  };
  return (
    <Dialog title={`Export ${counted(runs.length, "run")}`} onClose={onClose}>
      <div className="runsTable-exports">
        <Button icon={Table} onClick={saveNumbers}>
          Runs as CSV
        </Button>
        <p>One line a run: what it was and what came out.</p>
        <Button icon={FileSpreadsheet} onClick={() => void savePoints()}>
          Points as CSV
        </Button>
        <p>One line a number ({POINT_HEADER.join(", ")}).</p>
        <Button icon={FileJson} onClick={() => void saveWhole()}>
          Records as JSON
        </Button>
        <p>
          Whole runs in one file, with names, stars, notes and tags beside the records. “Open run.json” reads
          it.
        </p>
        <p role="status">{said}</p>
      </div>
    </Dialog>
  );
}
