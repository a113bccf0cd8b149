// A run as a Python project to be trained elsewhere: one button, and how it went. Writes no file of it itself.
import { Download } from "lucide-react";
import { useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import { fetchProject } from "../../state/projectFile.ts";
import type { Run } from "../../state/run/run.ts";
import { Button } from "../controls/Button.tsx";
import { saveFile } from "../controls/saveFile.ts";

export function ProjectExport({ run }: { readonly run: Run }) {
  const [working, setWorking] = useState(false);
  const [outcome, setOutcome] = useState("");
  const save = async () => {
    setWorking(true);
    setOutcome("Packing…");
    try {
      const { name, zip } = await fetchProject(run);
      saveFile(name, "application/zip", zip);
      setOutcome(`Saved as ${name}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
    setWorking(false);
  };
  return (
    <>
      <p className="field-note">
        Unpack it on the machine that trains; its README says how. It holds the texts: mind the licences of
        the data before you pass it on. The trained model of a run is under “Download model”.
      </p>
      <div className="export-settings">
        <Button look="primary" icon={Download} inactive={working} onClick={() => void save()}>
          Save project
        </Button>
        <span role="status">{outcome}</span>
      </div>
    </>
  );
}
