// Saves all of a study as one file: what it found, its pictures, its records where they are here. Decides nothing.
import { FileArchive } from "lucide-react";
import { useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { Button } from "../controls/Button.tsx";
import type { StudyFiles } from "./studyFiles.ts";

/** @param files what is here beside the results; left out: nothing */
export function StudyZip({
  found,
  files,
}: {
  readonly found: AnsweredStudy;
  readonly files?: StudyFiles | undefined;
}) {
  const [outcome, setOutcome] = useState("");
  const [packing, setPacking] = useState(false);
  const save = async () => {
    setPacking(true);
    setOutcome("Packing …");
    try {
      const { saveStudyZip } = await import("./saveStudyZip.ts");
      setOutcome(`Saved as ${await saveStudyZip(found, files)}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
    setPacking(false);
  };
  return (
    <div className="study-files">
      <span>All of it as</span>
      <Button
        icon={FileArchive}
        inactive={packing}
        title={`Results, tables, pictures of the primary measure${files ? ", the record of every run" : ""} and what the data are; opens again here and with “lab report”`}
        onClick={() => void save()}
      >
        One file (zip)
      </Button>
      <span role="status">{outcome}</span>
    </div>
  );
}
