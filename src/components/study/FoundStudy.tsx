// A study that was run elsewhere: its question, what was found, and its start here. Trains nothing by itself.
import { Play } from "lucide-react";
import { useState } from "react";
import type { StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import type { Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { Button } from "../controls/Button.tsx";
import { StudyResults } from "./StudyResults.tsx";
import { StudyStart } from "./StudyStart.tsx";
import type { StudyFiles } from "./studyFiles.ts";

interface FoundStudyProps extends StudyWithResult {
  readonly onStart: (study: Study) => void;
  readonly onOpen?: ((run: CellRun) => void) | undefined;
  readonly files?: StudyFiles | undefined;
}

export function FoundStudy({ study, result, onStart, onOpen, files }: FoundStudyProps) {
  const [isPlanned, setPlanned] = useState(false);
  return (
    <>
      <div className="study-head">
        <h2>{study.title}</h2>
        <p className="study-lead">{study.question}</p>
      </div>
      <StudyResults {...{ study, result, onOpen, files }} />
      {isPlanned ? (
        <StudyStart study={study} onStart={onStart} />
      ) : (
        <div>
          <Button icon={Play} onClick={() => setPlanned(true)}>
            Run it here…
          </Button>
        </div>
      )}
    </>
  );
}
