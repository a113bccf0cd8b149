// The ways in for results of others: run records that are kept here, and a class's, which are only looked at.
import { FileUp, GraduationCap } from "lucide-react";
import { Suspense, useState } from "react";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { FileButton } from "../controls/FileButton.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";

const ClassDialog = lazyPart(async () => (await import("../classroom/ClassDialog.tsx")).ClassDialog);

export function ImportRuns() {
  const [together, setTogether] = useState(false);
  return (
    <>
      <FileButton
        look="quiet"
        icon={FileUp}
        accept=".json,.html,.png,application/json,text/html,image/png"
        label="Run records to open"
        multiple
        onGiven={(files) => void runStore.getState().importRuns(files)}
      >
        Open run.json
      </FileButton>
      <Button
        look="quiet"
        icon={GraduationCap}
        iconOnly
        aria-haspopup="dialog"
        onClick={() => setTogether(true)}
      >
        A class’s results
      </Button>
      <Suspense>{together && <ClassDialog onClose={() => setTogether(false)} />}</Suspense>
    </>
  );
}
