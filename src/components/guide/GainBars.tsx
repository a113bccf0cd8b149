// Gains of a few languages as bars, the guessed one marked. The words beside it say the two that matter.
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { changeText, scoreText } from "../words/numberText.ts";
import type { Gain } from "./gains.ts";

const MOST = 12; // bars; beyond, the largest gains and the guess
const HEIGHT = 3.5; // rem, of the largest

interface GainBarsProps {
  readonly gains: readonly Gain[]; // the largest first
  readonly guess: string | undefined;
}

export function GainBars({ gains, guess }: GainBarsProps) {
  const largest = Math.max(...gains.map(({ gain }) => Math.abs(gain)));
  const shown = gains.filter(({ lang }, i) => i < MOST || lang === guess);
  return (
    <ul className="gainBars" aria-label="Gain of each language">
      {shown.map(({ lang, gain }) => (
        <li
          key={lang}
          data-guess={lang === guess || undefined}
          title={`${languageInfo(lang).name} ${changeText(gain, scoreText)}`}
        >
          <span className="visuallyHidden">
            {languageInfo(lang).name} {changeText(gain, scoreText)}
          </span>
          <span
            className="gainBars-bar"
            data-loss={gain < 0 || undefined}
            style={{ height: `${largest > 0 ? (HEIGHT * Math.abs(gain)) / largest : 0}rem` }}
            aria-hidden
          />
          <span aria-hidden>{lang}</span>
        </li>
      ))}
    </ul>
  );
}
