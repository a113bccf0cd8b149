// The newcomer's guess, and the button that puts it to the test.
import { Play } from "lucide-react";
import { useStore } from "zustand";
import { contradictionOf } from "../../core/spec/course.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { draftStore } from "../../state/draftStore.ts";
import { guideStore } from "../../state/guideStore.ts";
import { startDraft } from "../../state/startDraft.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { mixWords } from "./mixWords.ts";
import { SkipButton } from "./SkipButton.tsx";

export function GuideGuess({ guess }: { readonly guess: string | undefined }) {
  const spec = useStore(draftStore, (state) => state.spec);
  const contradiction = useStore(draftStore, contradictionOf);
  const train = () => {
    viewStore.getState().showStage("watch");
    void startDraft();
  };
  return (
    <>
      <h2 id="guide-title">Which language will gain most?</h2>
      <p className="opening-lead">
        {mixWords(spec)} A language gains when its questions find their answers in other languages.
      </p>
      <fieldset className="guesses">
        <legend className="visuallyHidden">Your guess</legend>
        {evalLanguages(spec).map((lang) => (
          <label key={lang} className="guess">
            <input
              type="radio"
              name="guess"
              checked={lang === guess}
              onChange={() => guideStore.getState().guess(lang)}
            />
            <span>{languageInfo(lang).name}</span>
          </label>
        ))}
      </fieldset>
      <div className="opening-acts">
        <Button
          look="primary"
          icon={Play}
          inactive={contradiction !== undefined}
          title={contradiction}
          onClick={train}
        >
          {guess === undefined ? "Train without a guess" : "Train and see"}
        </Button>
        <SkipButton />
      </div>
    </>
  );
}
