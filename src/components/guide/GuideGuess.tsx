// The newcomer's guess, and the button that puts it to the test.
import { useStore } from "zustand";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import { draftStore } from "../../state/draftStore.ts";
import { guideStore } from "../../state/guideStore.ts";
import { TrainButton } from "../form/TrainButton.tsx";
import { mixWords } from "./mixWords.ts";
import { SkipButton } from "./SkipButton.tsx";

export function GuideGuess({ guess }: { readonly guess: string | undefined }) {
  const spec = useStore(draftStore, (state) => state.spec);
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
        <TrainButton>{guess === undefined ? "Train without a guess" : "Train and see"}</TrainButton>
        <SkipButton />
      </div>
    </>
  );
}
