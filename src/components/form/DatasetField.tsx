// The dataset to train or test on: a list of what is here, its licence and source, files to add, sets to remove.
import { FileUp, Trash2 } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useStore } from "zustand";
import { draftStore } from "../../state/draftStore.ts";
import { labStore, type LabState } from "../../state/labStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { FieldRow } from "./FieldRow.tsx";

type Dataset = LabState["datasets"][number];

const count = new Intl.NumberFormat("en");

export function DatasetField({ path }: { path: "data.train" | "data.eval" }) {
  const datasets = useStore(labStore, (state) => state.datasets);
  const value = useStore(draftStore, ({ spec }) =>
    path === "data.train" ? spec.data.train : spec.data.eval,
  );
  const listed = value === "same" || datasets.some(({ id }) => id === value);
  return (
    <FieldRow path={path} wide>
      {(ids) => (
        <select
          id={ids.control}
          className="select select-wide"
          value={value}
          aria-describedby={ids.describedBy}
          onChange={(event) => draftStore.getState().setField(path, event.target.value)}
        >
          {path === "data.eval" && <option value="same">Same: the part that training never sees</option>}
          {datasets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          {!listed && (
            <option value={value}>{datasets.length > 0 ? `${value} (not here yet)` : value}</option>
          )}
        </select>
      )}
    </FieldRow>
  );
}

/** What is known of the chosen training set, and the ways to get others. */
export function DatasetFacts() {
  const trainId = useStore(draftStore, (state) => state.spec.data.train);
  const dataset = useStore(labStore, ({ datasets }) => datasets.find(({ id }) => id === trainId));
  const listState = useStore(labStore, (state) => state.datasetsState);
  const listError = useStore(labStore, (state) => state.datasetsError);
  const notes = useStore(labStore, (state) => state.datasetNotes);
  return (
    <>
      {dataset && <Facts dataset={dataset} />}
      {!dataset && listState === "ready" && (
        <p className="field-text field-problem">
          There is no dataset “{trainId}” in this browser. Add its files below, or choose another.
        </p>
      )}
      {listState === "failed" && (
        <Notice tone="bad" title="The datasets could not be listed">
          <p>{listError}</p>
          <Button onClick={() => void labStore.getState().refreshDatasets()}>Try again</Button>
        </Notice>
      )}
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
      <AddFiles />
    </>
  );
}

function Facts({ dataset }: { dataset: Dataset }) {
  const { id, title, licence, citation, purpose, origin, languages, queries, passages } = dataset;
  const [problem, setProblem] = useState<string>();
  const remove = () => {
    setProblem(undefined);
    labStore
      .getState()
      .removeDataset(id)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    <div className="facts">
      <p>
        <strong>{languages.length}</strong> languages · <strong>{count.format(queries)}</strong> queries ·{" "}
        <strong>{count.format(passages)}</strong> passages
      </p>
      <p className="field-note">
        {purpose === "zero-shot test" ? "Made for zero-shot tests. " : ""}Licence {licence}.
      </p>
      <details>
        <summary className="linkButton">How to cite {title}</summary>
        <p className="field-note facts-citation">{citation}</p>
      </details>
      {origin === "added" && (
        <Button look="danger" icon={Trash2} onClick={remove}>
          Remove from this browser
        </Button>
      )}
      {problem !== undefined && <p className="field-text field-problem">{problem}</p>}
    </div>
  );
}

function AddFiles() {
  const importing = useStore(labStore, (state) => state.importing);
  const importError = useStore(labStore, (state) => state.importError);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const add = async (files: readonly File[]) => {
    if (files.length === 0) return;
    const dataset = await labStore.getState().importFiles(files);
    if (dataset) draftStore.getState().setField("data.train", dataset.id);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  };
  const { done = 0, total = 0 } = importing?.progress ?? {};
  return (
    <div
      className="dropZone"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        multiple
        accept=".json,application/json"
        className="visuallyHidden"
        tabIndex={-1}
        aria-label="Dataset files"
        onChange={({ target }) => {
          void add([...(target.files ?? [])]);
          target.value = ""; // the same files may be chosen again after a failure
        }}
      />
      {importing ? (
        <div className="dropZone-progress" role="status">
          <span>{importing.message}</span>
          <progress aria-label="Import" {...(total > 0 && { value: done, max: total })} />
        </div>
      ) : (
        <>
          <Button icon={FileUp} onClick={() => input.current?.click()}>
            Add XQuAD-R …
          </Button>
          <p className="field-note">or drop its JSON files here. They stay in this browser.</p>
        </>
      )}
      {importError !== undefined && (
        <Notice
          tone="bad"
          title="Nothing was added"
          onDismiss={() => labStore.getState().dismissImportError()}
        >
          {importError}
        </Notice>
      )}
    </div>
  );
}
