// The dataset to train or test on: a list of what is here, its licence and source, and files to add.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { useStore } from "zustand";
import { draftStore } from "../../state/draftStore.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { DATA_ADDRESS } from "../../state/viewStore.ts";
import { AddFiles } from "../addData/AddFiles.tsx";
import { DatasetNotices } from "../addData/DatasetNotices.tsx";
import { FieldRow } from "./FieldRow.tsx";
import { countText } from "../words/numberText.ts";

export function DatasetField({ path }: { path: "data.train" | "data.eval" }) {
  const datasets = useStore(datasetStore, (state) => state.datasets);
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
  const dataset = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === trainId));
  const listState = useStore(datasetStore, (state) => state.status);
  return (
    <>
      {dataset && <Facts dataset={dataset} />}
      {!dataset && listState === "ready" && (
        <p className="field-text field-problem">
          There is no dataset “{trainId}” in this browser. Add its files below, or choose another.
        </p>
      )}
      <DatasetNotices />
      <AddFiles onAdded={({ id }) => draftStore.getState().setField("data.train", id)} />
      <a className="linkButton" href={DATA_ADDRESS}>
        More datasets, previews and storage
      </a>
    </>
  );
}

function Facts({ dataset }: { dataset: DatasetInfo }) {
  const { title, licence, citation, purpose, languages, queries, passages } = dataset;
  return (
    <div className="facts">
      <p>
        <strong>{languages.length}</strong> languages · <strong>{countText(queries)}</strong> queries ·{" "}
        <strong>{countText(passages)}</strong> passages
      </p>
      <p className="field-note">
        {purpose === "zero-shot test" ? "Made for zero-shot tests. " : ""}Licence {licence}.
      </p>
      <details>
        <summary className="linkButton">How to cite {title}</summary>
        <p className="field-note facts-citation">{citation}</p>
      </details>
    </div>
  );
}
