// The way in for a person's own files: drop them, or choose files or a folder; then a dialog says what they are and asks.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { FileUp, FolderUp } from "lucide-react";
import { Suspense, useState } from "react";
import { useStore } from "zustand";
import type { GivenSummary, ImportChoices } from "../../core/collections/importChoices.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { lazyPart } from "../controls/lazyPart.tsx";
import { DropZone } from "./DropZone.tsx";
import { FilesButton } from "./FilesButton.tsx";
import type { Given } from "./givenFiles.ts";
import { ImportError, ImportProgress } from "./ImportProgress.tsx";
import { loadAddDialog } from "./loadAddDialog.ts";
import "./addData.css";

const AddDialog = lazyPart(async () => (await loadAddDialog()).AddDialog);

interface AddFilesProps {
  readonly onAdded: (dataset: DatasetInfo) => void;
}

export function AddFiles({ onAdded }: AddFilesProps) {
  const importing = useStore(datasetStore, (state) => state.importing);
  const [asking, setAsking] = useState<{
    readonly given: readonly Given[];
    readonly summary: GivenSummary;
  }>();

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
      {importing ? (
        <ImportProgress {...importing} />
      ) : (
        <>
          <div className="dropZone-ways">
            <FilesButton
              asks
              what="files"
              label="Dataset files"
              icon={FileUp}
              onGiven={(given) => void inspect(given)}
            >
              Add files …
            </FilesButton>
            <FilesButton
              asks
              what="folder"
              label="Dataset folder"
              icon={FolderUp}
              onGiven={(given) => void inspect(given)}
            >
              Add a folder …
            </FilesButton>
          </div>
          <p className="field-note">or drop files, folders or archives here. They stay in this browser.</p>
        </>
      )}
      <ImportError />
      {asking && (
        <Suspense>
          <AddDialog
            summary={asking.summary}
            onAccept={(choices) => void add(asking.given, choices)}
            onClose={() => setAsking(undefined)}
          />
        </Suspense>
      )}
    </DropZone>
  );
}
