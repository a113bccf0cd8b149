// While a run of the guide trains: what to look at, and why it moves.
import { useStore } from "zustand";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { runStore } from "../../state/runStore.ts";
import { mixWords, whyWords } from "./mixWords.ts";
import { SkipButton } from "./SkipButton.tsx";

interface GuideTrainingProps {
  readonly runId: string; // in training
  readonly guess?: string | undefined;
  readonly isSecond?: boolean;
}

export function GuideTraining({ runId, guess, isSecond = false }: GuideTrainingProps) {
  const spec = useStore(runStore, ({ runs }) => runs.find(({ id }) => id === runId)?.spec);
  if (!spec) return null;
  return (
    <>
      <div className="guide-words">
        <h2 id="guide-title">
          {isSecond
            ? "The same again, with another mix"
            : guess === undefined
              ? "It learns"
              : `Your guess: ${languageInfo(guess).name}`}
        </h2>
        <p>
          {mixWords(spec)} {whyWords(spec)}
        </p>
      </div>
      <SkipButton small />
    </>
  );
}
