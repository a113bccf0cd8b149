// How far the import or download under way is, its end on request, and why the last one failed.
import { X } from "lucide-react";
import { useStore } from "zustand";
import { labStore, type LabState } from "../../state/labStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { progressText } from "./progressText.ts";

export function ImportProgress({ message, progress }: NonNullable<LabState["importing"]>) {
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <div className="importProgress">
      <p>
        <span role="status">{message}</span>
        {progress && <span className="field-note numbers"> {progressText(progress)}</span>}
      </p>
      <progress aria-label={message} {...(total > 0 && { value: done, max: total })} />
      <Button icon={X} onClick={() => labStore.getState().cancelImport()}>
        Cancel
      </Button>
    </div>
  );
}

/** @param about only a failure of this set's download */
export function ImportError({ about }: { about?: string }) {
  const error = useStore(labStore, (state) => state.importError);
  if (error === undefined || (about !== undefined && error.about !== about)) return null;
  return (
    <Notice tone="bad" title="Nothing was added" onDismiss={() => labStore.getState().dismissImportError()}>
      {error.message}
    </Notice>
  );
}
