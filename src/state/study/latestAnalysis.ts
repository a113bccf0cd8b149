// What a study found, asked of a worker as results come: one question at a time, and of those that came meanwhile the last.
import { messageOf } from "../../core/messageOf.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../../core/study/study.ts";
import type { StudyResult } from "../../core/study/studyResult.ts";
import { askAnalysis } from "../../workers/analysisClient.ts";

export interface AnalysisQuestion {
  readonly study: Study;
  readonly result: StudyResult;
}

/** A question with its answer, which may be of a moment ago. */
export interface AnsweredStudy extends AnalysisQuestion {
  readonly analysis: StudyAnalysis;
}

interface Listener {
  onAnswer(answered: AnsweredStudy): void;
  onTrouble(sentence: string): void;
}

/** @returns what asks; a later question takes the place of one that has not been asked yet */
export function latestAnalysis(
  { onAnswer, onTrouble }: Listener,
  ask: (question: AnalysisQuestion) => Promise<StudyAnalysis> = askAnalysis,
): (question: AnalysisQuestion) => void {
  let next: AnalysisQuestion | undefined;
  let isAsking = false;
  const work = async () => {
    isAsking = true;
    while (next) {
      const question = next;
      next = undefined;
      try {
        onAnswer({ ...question, analysis: await ask(question) });
      } catch (error) {
        onTrouble(messageOf(error));
      }
    }
    isAsking = false;
  };
  return (question) => {
    next = question;
    if (!isAsking) void work();
  };
}
