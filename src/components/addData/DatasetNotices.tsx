// What went wrong with the list of datasets, and what a person should know of some of them. Lists none.
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";

export function DatasetNotices() {
  const status = useStore(datasetStore, (state) => state.status);
  const error = useStore(datasetStore, (state) => state.error);
  const notes = useStore(datasetStore, (state) => state.notes);
  return (
    <>
      {status === "failed" && (
        <Notice tone="bad" title="The datasets could not be listed">
          <p>{error}</p>
          <Button onClick={() => void datasetStore.getState().refresh()}>Try again</Button>
        </Notice>
      )}
      {notes.map((note) => (
        <Notice key={note} tone="warn">
          {note}
        </Notice>
      ))}
    </>
  );
}
