// The way in for run records that somebody exported.
import { FileUp } from "lucide-react";
import { runStore } from "../../state/runStore.ts";
import { FileButton } from "../controls/FileButton.tsx";

export function ImportRuns() {
  return (
    <FileButton
      look="quiet"
      icon={FileUp}
      accept=".json,application/json"
      label="Run records to open"
      multiple
      onGiven={(files) => void runStore.getState().importRuns(files)}
    >
      Open run.json
    </FileButton>
  );
}
