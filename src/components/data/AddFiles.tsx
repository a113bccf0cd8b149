// The way in for a person's own files: drop them, or choose files or a folder. Shows how far an import is.
import { FileUp, FolderUp, X } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useStore } from "zustand";
import { labStore, type LabState } from "../../state/labStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { chosenFiles, droppedFiles, type Given } from "./givenFiles.ts";
import "./data.css";

interface AddFilesProps {
  readonly onAdded: (dataset: LabState["datasets"][number]) => void;
}

export function AddFiles({ onAdded }: AddFilesProps) {
  const importing = useStore(labStore, (state) => state.importing);
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const add = async (given: readonly Given[]) => {
    if (given.length === 0) return;
    const dataset = await labStore.getState().importFiles(given);
    if (dataset) onAdded(dataset);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(add);
  };
  const choose = (input: HTMLInputElement) => {
    const given = chosenFiles(input.files ?? []);
    input.value = ""; // the same files may be chosen again after a failure
    void add(given);
  };
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
        ref={files}
        type="file"
        multiple
        className="visuallyHidden"
        tabIndex={-1}
        aria-label="Dataset files"
        onChange={({ target }) => choose(target)}
      />
      <input
        ref={folder}
        type="file"
        {...{ webkitdirectory: "" }}
        className="visuallyHidden"
        tabIndex={-1}
        aria-label="Dataset folder"
        onChange={({ target }) => choose(target)}
      />
      {importing ? (
        <ImportProgress {...importing} />
      ) : (
        <>
          <div className="dropZone-ways">
            <Button icon={FileUp} onClick={() => files.current?.click()}>
              Add files …
            </Button>
            <Button icon={FolderUp} onClick={() => folder.current?.click()}>
              Add a folder …
            </Button>
          </div>
          <p className="field-note">or drop files, folders or archives here. They stay in this browser.</p>
        </>
      )}
      <ImportError />
    </div>
  );
}

function ImportProgress({ message, progress }: NonNullable<LabState["importing"]>) {
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <div className="dropZone-progress" role="status">
      <span>{message}</span>
      <progress aria-label="Import" {...(total > 0 && { value: done, max: total })} />
      <Button look="quiet" icon={X} onClick={() => labStore.getState().cancelImport()}>
        Cancel
      </Button>
    </div>
  );
}

function ImportError() {
  const error = useStore(labStore, (state) => state.importError);
  if (error === undefined) return null;
  return (
    <Notice tone="bad" title="Nothing was added" onDismiss={() => labStore.getState().dismissImportError()}>
      {error}
    </Notice>
  );
}
