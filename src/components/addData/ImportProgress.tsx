// How far the import or download under way is, its end on request, and why the last one failed.
import { X } from "lucide-react";
import { useStore } from "zustand";
import { datasetStore, type Importing } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { progressText } from "./progressText.ts";

export function ImportProgress(importing: Importing) {
  const { message, progress } = importing;
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <div className="importProgress">
      <p>
        <span role="status">{message}</span>
        {progress && <span className="field-note numbers"> {progressText(importing)}</span>}
      </p>
      <progress aria-label={message} {...(total > 0 && { value: done, max: total })} />
      <Button icon={X} onClick={() => datasetStore.getState().cancelImport()}>
        Cancel
      </Button>
    </div>
  );
}

/** @param about only a failure of this set's download */
export function ImportError({ about }: { about?: string }) {
  const error = useStore(datasetStore, (state) => state.importError);
  if (error === undefined || (about !== undefined && error.about !== about)) return null;
  return (
    <Notice
      tone="bad"
      title="Nothing was added"
      onDismiss={() => datasetStore.getState().dismissImportError()}
    >
      {error.message}
    </Notice>
  );
}
