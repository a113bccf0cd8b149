// A study opened from a file: shown while the page is open, never stored. Trains nothing by itself.
import { useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import type { Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { Notice } from "../controls/Notice.tsx";
import { FoundStudy } from "./FoundStudy.tsx";
import type { OpenedStudy } from "./openStudyFile.ts";
import { openRecord } from "./openStudyRun.ts";
import { BackButton } from "./StudyPlan.tsx";

interface OpenedPageProps {
  readonly opened: OpenedStudy;
  readonly onStart: (study: Study) => void;
  readonly onBack: () => void;
}

export function OpenedPage({ opened, onStart, onBack }: OpenedPageProps) {
  const { name, study, files } = opened;
  const [trouble, setTrouble] = useState<string>();
  const { recordOf } = files;
  const open = (run: CellRun) => {
    recordOf?.(run)
      .then((record) => openRecord(study, run, record))
      .catch((error: unknown) => setTrouble(messageOf(error)));
  };
  return (
    <>
      <BackButton onBack={onBack} />
      <p className="study-note">From the file {name}. It is not kept here: open it again after a reload.</p>
      {trouble !== undefined && (
        <Notice tone="bad" onDismiss={() => setTrouble(undefined)}>
          <p>{trouble}</p>
        </Notice>
      )}
      <FoundStudy {...opened} onStart={onStart} onOpen={recordOf && open} />
    </>
  );
}
