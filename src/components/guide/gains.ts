// By how much each language gained in a run: what a newcomer guesses. Pure.
import { languageColumns } from "../../core/record/pointColumns.ts";
import { detailOf, type Run } from "../../state/run/run.ts";

/** Of which the gain is told: a question in the language, answers in the others. */
const GAIN_METRIC = "map/cross";

export interface Gain {
  readonly lang: string;
  readonly gain: number; // last evaluation less the first
}

/** The largest first; languages that were measured only once are left out. */
export function gainsOf(run: Run | undefined): Gain[] {
  return languageColumns(detailOf(run).points, GAIN_METRIC)
    .filter(({ length }) => length > 1)
    .map(({ lang, values, length }) => ({ lang: lang!, gain: values[length - 1]! - values[0]! }))
    .sort((a, b) => b.gain - a.gain);
}
