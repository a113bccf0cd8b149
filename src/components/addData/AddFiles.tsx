// The way in for a person's own files: drop them, or choose files or a folder; then a dialog says what they are and asks.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { FileUp, FolderUp } from "lucide-react";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import type { GivenSummary, ImportChoices } from "../../core/collections/importChoices.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { AddDialog } from "./AddDialog.tsx";
import { DropZone } from "./DropZone.tsx";
import { takeChosen, type Given } from "./givenFiles.ts";
import { ImportError, ImportProgress } from "./ImportProgress.tsx";
import "./addData.css";

interface AddFilesProps {
  readonly onAdded: (dataset: DatasetInfo) => void;
}

export function AddFiles({ onAdded }: AddFilesProps) {
  const importing = useStore(datasetStore, (state) => state.importing);
  const [asking, setAsking] = useState<{
    readonly given: readonly Given[];
    readonly summary: GivenSummary;
  }>();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const inspect = async (given: readonly Given[]) => {
    if (given.length === 0) return;
    const summary = await datasetStore.getState().inspectFiles(given);
    if (summary) setAsking({ given, summary });
  };
  const add = async (given: readonly Given[], choices: ImportChoices) => {
    setAsking(undefined);
    const dataset = await datasetStore.getState().importFiles(given, choices);
    if (dataset) onAdded(dataset);
  };
  return (
    <DropZone onGiven={(given) => void inspect(given)}>
      <input
        ref={files}
        type="file"
        multiple
        className="visuallyHidden"
        tabIndex={-1}
        aria-label="Dataset files"
        onChange={({ target }) => void inspect(takeChosen(target))}
      />
      <input
        ref={folder}
        type="file"
        {...{ webkitdirectory: "" }}
        className="visuallyHidden"
        tabIndex={-1}
        aria-label="Dataset folder"
        onChange={({ target }) => void inspect(takeChosen(target))}
      />
      {importing ? (
        <ImportProgress {...importing} />
      ) : (
        <>
          <div className="dropZone-ways">
            <Button icon={FileUp} aria-haspopup="dialog" onClick={() => files.current?.click()}>
              Add files …
            </Button>
            <Button icon={FolderUp} aria-haspopup="dialog" onClick={() => folder.current?.click()}>
              Add a folder …
            </Button>
          </div>
          <p className="field-note">or drop files, folders or archives here. They stay in this browser.</p>
        </>
      )}
      <ImportError />
      {asking && (
        <AddDialog
          summary={asking.summary}
          onAccept={(choices) => void add(asking.given, choices)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </DropZone>
  );
}
