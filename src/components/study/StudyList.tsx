// Which studies there are: of this browser with how far they are, then the questions that come with the lab. Starts none.
import { ArrowDown, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import type { PublishedStudy } from "../../core/study/results/publishedIndex.ts";
import { STUDIES } from "../../core/study/studies.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import type { Planned } from "./openStudyFile.ts";
import { OpenStudyButton } from "./OpenStudyButton.tsx";
import { publishedStudies } from "./publishedStudies.ts";
import { stateWords } from "./studyWords.ts";

/** For the list of those that come with the page: what is below must not move under a finger. */
const LONGEST_WAIT_MS = 1500;

interface StudyListProps {
  readonly onPlan: (planned: Planned) => void;
  readonly onGiven: (files: readonly File[]) => void; // a study's file
}

export function StudyList({ onPlan, onGiven }: StudyListProps) {
  const questions = useRef<HTMLHeadingElement>(null);
  const studies = useStore(studiesStore, (state) => state.studies);
  const [published, setPublished] = useState<readonly PublishedStudy[]>();
  useEffect(() => {
    const timer = setTimeout(() => setPublished((now) => now ?? []), LONGEST_WAIT_MS);
    void publishedStudies().then(setPublished);
    return () => clearTimeout(timer);
  }, []);
  const unreadable = useStore(studiesStore, (state) => state.unreadable);
  return (
    <>
      <div className="study-head">
        <h2>Ask a question, get an answer with its doubt</h2>
        <p className="study-lead">
          A study trains the same settings with one thing changed, with several seeds each, and says what that
          change did and how sure it is.
        </p>
      </div>
      <div className="study-files">
        <Button icon={Plus} onClick={() => onPlan({ kind: "own" })}>
          Your own study
        </Button>
        <OpenStudyButton onGiven={onGiven} />
        <Button look="quiet" icon={ArrowDown} onClick={() => questions.current?.focus()}>
          Questions to start with
        </Button>
      </div>
      {published && studies.length > 0 && (
        <>
          <h3>Studies here</h3>
          <ul className="study-cards">
            {studies.toReversed().map((held) => (
              <StudyCard
                key={held.id}
                title={held.study.title}
                lines={[stateWords(held)]}
                onOpen={() => studiesStore.getState().show(held.id)}
              />
            ))}
          </ul>
        </>
      )}
      {unreadable.map(({ id, reason }) => (
        <Notice key={id} tone="bad" title="A stored study cannot be read">
          <p>{reason}</p>
          <Button look="danger" icon={Trash2} onClick={() => studiesStore.getState().removeUnreadable(id)}>
            Delete it
          </Button>
        </Notice>
      ))}
      {published && published.length > 0 && (
        <>
          <h3>Answered with the lab</h3>
          <ul className="study-cards">
            {published.map(({ name, title, headline, runs }) => (
              <StudyCard
                key={name}
                title={title}
                lines={[headline, `${name}, ${counted(runs, "run")}`]}
                onOpen={() => onPlan({ kind: "published", name })}
              />
            ))}
          </ul>
        </>
      )}
      {published && (
        <>
          <h3 ref={questions} tabIndex={-1}>
            Questions to start with
          </h3>
          <ul className="study-cards">
            {STUDIES.map(({ name, title, question }) => (
              <StudyCard
                key={name}
                title={title}
                lines={[question]}
                onOpen={() => onPlan({ kind: "builtIn", name })}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface StudyCardProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly onOpen: () => void;
}

function StudyCard({ title, lines, onOpen }: StudyCardProps) {
  return (
    <li>
      <button type="button" className="study-card" onClick={onOpen}>
        <strong>{title}</strong>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </button>
    </li>
  );
}
