// The one place where a run's results leave the page as a file: choose what, look at it, copy or save it.
import { messageOf } from "../../core/messageOf.ts";
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { detailOf, isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { statsStore } from "../../state/statsStore.ts";
import { saveFile } from "../controls/saveFile.ts";
import { Button } from "../controls/Button.tsx";
import { CopyButton } from "../controls/CopyButton.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { CardExport } from "./CardExport.tsx";
import { exportFile, FORMATS, type ExportFile, type ExportFormat } from "./exportFormats.ts";
import { PageExport } from "./PageExport.tsx";
import { ProjectExport } from "./ProjectExport.tsx";
import { TrecExport } from "./TrecExport.tsx";
import "./export.css";

interface ExportDialogProps {
  readonly run: Run;
  readonly shown: readonly Run[];
  readonly onClose: () => void;
}

/** What is no text to be looked at first: each makes its own file or files. */
const PACKED = [
  {
    format: "page",
    label: "Page (HTML)",
    help: "To be read without the lab, on any device: numbers, charts, settings, and the record, which the lab opens again.",
    needsRecord: true,
    Part: PageExport,
  },
  {
    format: "card",
    label: "Result card (picture)",
    help: "To hand in or to hold up: five numbers, the curve, the code of the recipe; the record is inside the file.",
    needsRecord: true,
    Part: CardExport,
  },
  {
    format: "trec",
    label: "Rankings (TREC run and qrels)",
    help: "What each question found, for trec_eval, ir_measures or “lab metrics”.",
    needsRecord: false,
    Part: TrecExport,
  },
  {
    format: "project",
    label: "Python project (zip)",
    help: "The run, not its model: trained again by sentence-transformers on a cluster, along the same batches.",
    needsRecord: false,
    Part: ProjectExport,
  },
] as const;
type Choice = ExportFormat | (typeof PACKED)[number]["format"];

const PREVIEW = 4000; // characters; a record has millions

export function ExportDialog({ run, shown, onClose }: ExportDialogProps) {
  const { record, queryValues } = detailOf(run);
  const [format, setFormat] = useState<Choice>(record ? "json" : "csv");
  const [allShown, setAllShown] = useState(true);
  const [byLanguage, setByLanguage] = useState(false);
  const [perQuery, setPerQuery] = useState(true);
  const [saved, setSaved] = useState("");
  const intervals = useStore(statsStore, (state) => state.intervals);
  useEffect(() => {
    for (const one of shown) {
      const values = detailOf(one).queryValues;
      if (values) statsStore.getState().wantIntervals(values);
      else void runStore.getState().loadDetail(one.id);
    }
  }, [shown]);
  const words = FORMATS.find((one) => one.format === format);
  const packed = PACKED.find((one) => one.format === format);
  const waiting =
    words?.isTable &&
    shown.some((one) => {
      const values = detailOf(one).queryValues;
      return values && !intervals.has(values);
    });
  const ready = words && (!words.needsRecord || record) && !waiting;
  let file: ExportFile | undefined;
  let problem = waiting ? "Intervals are being computed…" : "";
  if (ready) {
    try {
      file = exportFile(words.format, { run, shown, allShown, byLanguage, perQuery, intervals });
    } catch (error) {
      problem = messageOf(error);
    }
  }
  return (
    <Dialog
      title={`Export “${run.name}”`}
      wide
      onClose={onClose}
      footer={
        file && (
          <>
            <span role="status">{saved}</span>
            {file.text.length < 1e6 && <CopyButton text={file.text}>Copy</CopyButton>}
            <Button
              look="primary"
              icon={Download}
              onClick={() => {
                saveFile(file.name, file.type, file.text);
                setSaved(`Saved as ${file.name}`);
              }}
            >
              Save file
            </Button>
          </>
        )
      }
    >
      <div className="export-body">
        <fieldset className="export-formats">
          <legend className="visuallyHidden">What to export</legend>
          {[...FORMATS, ...PACKED].map(({ format: value, label, help, needsRecord }) => (
            <label key={value}>
              <input
                type="radio"
                name="export-format"
                checked={format === value}
                disabled={needsRecord && !record}
                onChange={() => setFormat(value)}
              />
              <b>{label}</b>
              <span>
                {help}
                {needsRecord && !record && " Available when the run has come to its end."}
              </span>
            </label>
          ))}
        </fieldset>
        {packed ? (
          <packed.Part run={run} />
        ) : (
          <>
            <div className="export-settings">
              {shown.length > 1 && (words?.isTable || format === "csv" || format === "pairs") && (
                <Check checked={allShown} onChange={setAllShown}>
                  All {shown.length} runs on the charts
                </Check>
              )}
              {words?.isTable && (
                <Check checked={byLanguage} onChange={setByLanguage}>
                  One row per language
                </Check>
              )}
              {format === "json" && queryValues && (
                <Check checked={perQuery} onChange={setPerQuery}>
                  With the values of single questions, which intervals and comparisons need
                </Check>
              )}
            </div>
            {problem && <p role="status">{problem}</p>}
            {file && (
              <textarea
                className="export-preview"
                aria-label={`Beginning of ${file.name}`}
                readOnly
                rows={8}
                value={file.text.length > PREVIEW ? `${file.text.slice(0, PREVIEW)}\n…` : file.text}
              />
            )}
            {isGoing(run) && <p className="field-note">The run is going on: its points so far are saved.</p>}
          </>
        )}
      </div>
    </Dialog>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: React.ReactNode;
}

function Check({ checked, onChange, children }: CheckProps) {
  return (
    <label className="export-check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />{" "}
      {children}
    </label>
  );
}
