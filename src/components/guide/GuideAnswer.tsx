// The answer beside the guess, and the way to the second run.
import { Play } from "lucide-react";
import { useStore } from "zustand";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { trainMonolingual } from "../../state/guideStore.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { changeText, countText, scoreText } from "../words/numberText.ts";
import { GainBars } from "./GainBars.tsx";
import { gainsOf, type Gain } from "./gains.ts";
import { SkipButton } from "./SkipButton.tsx";

interface GuideAnswerProps {
  readonly firstId: string;
  readonly guess?: string | undefined;
}

export function GuideAnswer({ firstId, guess }: GuideAnswerProps) {
  const run = useStore(runStore, ({ runs }) => runs.find(({ id }) => id === firstId));
  const gains = gainsOf(run);
  const [most] = gains;
  if (!run || !most) return null;
  const guessed = gains.find(({ lang }) => lang === guess);
  const right = guessed?.gain === most.gain;
  return (
    <>
      <div className="guide-words">
        <h2 id="guide-title">
          {right && "You were right: "}
          {nameOf(most)} gained most
        </h2>
        <p>
          {gainWords(most)}
          {guessed && !right && `; your guess, ${gainWords(guessed)}`}. Gain in Cr mAP (answers in other
          languages) over {countText(run.step)} steps, seed {run.spec.seed}.
        </p>
        <div className="guide-acts">
          <Button look="primary" icon={Play} onClick={trainMonolingual}>
            Now the same with Monolingual
          </Button>
        </div>
      </div>
      <GainBars gains={gains} guess={guess} />
      <SkipButton small />
    </>
  );
}

const nameOf = ({ lang }: Gain) => languageInfo(lang).name;
const gainWords = (one: Gain) => `${nameOf(one)} ${changeText(one.gain, scoreText)}`;
