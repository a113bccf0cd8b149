// A study that comes with the page, run elsewhere: its question and what was found. Trains nothing by itself.
import { useEffect, useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import type { StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import type { Study } from "../../core/study/study.ts";
import { Notice } from "../controls/Notice.tsx";
import { FoundStudy } from "./FoundStudy.tsx";
import { publishedStudy } from "./publishedStudies.ts";
import { BackButton } from "./StudyPlan.tsx";

interface PublishedPageProps {
  readonly name: string;
  readonly onStart: (study: Study) => void;
  readonly onBack: () => void;
}

export function PublishedPage({ name, onStart, onBack }: PublishedPageProps) {
  const [found, setFound] = useState<StudyWithResult>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let isGone = false;
    publishedStudy(name).then(
      (one) => !isGone && setFound(one),
      (error: unknown) => !isGone && setTrouble(messageOf(error)),
    );
    return () => void (isGone = true);
  }, [name]);
  return (
    <>
      <BackButton onBack={onBack} />
      {trouble !== undefined && (
        <Notice tone="bad">
          <p>{trouble}</p>
        </Notice>
      )}
      {!found && trouble === undefined && <p>Loading …</p>}
      {found && <FoundStudy {...found} onStart={onStart} />}
    </>
  );
}
