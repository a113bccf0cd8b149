// Studies: those that run or ran here, those that come with the lab, one's own. What is shown of each is its own part's.
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { messageOf } from "../../core/messageOf.ts";
import type { Study } from "../../core/study/study.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { Notice } from "../controls/Notice.tsx";
import { useDrop } from "../controls/useDrop.ts";
import { OpenedPage } from "./OpenedPage.tsx";
import { openStudyFile, type Planned } from "./openStudyFile.ts";
import { OwnStudy } from "./OwnStudy.tsx";
import { PublishedPage } from "./PublishedPage.tsx";
import { StudyList } from "./StudyList.tsx";
import { StudyPage } from "./StudyPage.tsx";
import { StudyPlan } from "./StudyPlan.tsx";
import "./study.css";

export function StudyView() {
  const shown = useStore(studiesStore, ({ studies, shownId }) => studies.find(({ id }) => id === shownId));
  const notice = useStore(studiesStore, (state) => state.notice);
  const [planned, setPlanned] = useState<Planned>();
  useEffect(() => void studiesStore.getState().open(), []);
  const start = (study: Study) => {
    setPlanned(undefined);
    void studiesStore.getState().add(study);
  };
  const back = () => {
    setPlanned(undefined);
    studiesStore.getState().show(undefined);
  };
  const [trouble, setTrouble] = useState<string>();
  const give = (files: readonly File[]) => {
    if (files.length === 0) return;
    openStudyFile(files).then(
      (opened) => {
        setTrouble(undefined);
        setPlanned(opened);
      },
      (error: unknown) => setTrouble(messageOf(error)),
    );
  };
  const target = useDrop(({ files }) => give([...files]));
  return (
    <section className="study" aria-label="Studies" {...target}>
      {trouble !== undefined && (
        <Notice tone="bad" onDismiss={() => setTrouble(undefined)}>
          <p>{trouble}</p>
        </Notice>
      )}
      {notice !== undefined && (
        <Notice tone="warn" onDismiss={() => studiesStore.getState().dismissNotice()}>
          <p>{notice}</p>
        </Notice>
      )}
      {planned?.kind === "builtIn" ? (
        <StudyPlan name={planned.name} onStart={start} onBack={back} />
      ) : planned?.kind === "published" ? (
        <PublishedPage name={planned.name} onStart={start} onBack={back} />
      ) : planned?.kind === "opened" ? (
        <OpenedPage opened={planned.opened} onStart={start} onBack={back} />
      ) : planned?.kind === "own" ? (
        <OwnStudy
          given={planned.given}
          onGiven={(given) => setPlanned({ kind: "own", given })}
          onStart={start}
          onBack={back}
        />
      ) : shown ? (
        <StudyPage held={shown} onBack={back} />
      ) : (
        <StudyList onPlan={setPlanned} onGiven={give} />
      )}
    </section>
  );
}
