// A study of nine cells and ten seeds with invented numbers, as the file that comes with a page. Not the result of any run.
import { CARD_METRICS } from "../core/study/analysis/analyse.ts";
import { resultsText, studyResults } from "../core/study/results/studyResults.ts";
import { builtInStudy } from "../core/study/studies.ts";
import { studyRuns } from "../core/study/studyRuns.ts";
import type { Measured } from "../core/study/studyResult.ts";
import { evalLanguages } from "../core/spec/resolve.ts";
import { createRandom, type Random } from "../core/random.ts";

const STUDY = builtInStudy("mono-share", "laptop");
const POINTS = 5;

/** What `lab report --to results` would print of it. */
export function inventedResults(): string {
  const languages = evalLanguages(STUDY.spec);
  const random = createRandom(1);
  const measured = (mean: number, noise: Random): Measured => {
    const values = () =>
      Object.fromEntries(CARD_METRICS.map((metric) => [metric, mean + 0.004 * noise.normal()]));
    return {
      values: values(),
      perLanguage: Object.fromEntries(languages.map((lang) => [lang, values()])),
    };
  };
  const start = measured(0.1, random.fork("start"));
  const runs = studyRuns(STUDY).map(({ cell, seed }) => {
    const mean = 0.3 - 0.01 * STUDY.cells.findIndex(({ name }) => name === cell);
    const own = random.fork(cell).fork(seed);
    const end = measured(mean, own);
    return {
      cell,
      seed,
      digest: own
        .int(2 ** 30)
        .toString(16)
        .padStart(64, "0"),
      device: "1 wasm: wasm SIMD",
      start,
      end,
      spent: { steps: STUDY.spec.steps, crossBatches: 100, pairs: 6400 },
      realised: {},
      course: CARD_METRICS.flatMap((metric) =>
        Array.from({ length: POINTS }, (_, i) => ({
          metric,
          step: (i * STUDY.spec.steps) / (POINTS - 1),
          value: 0.1 + ((end.values[metric]! - 0.1) * i) / (POINTS - 1),
        })),
      ),
    };
  });
  return resultsText(studyResults(STUDY, { runs, missing: [] }));
}

/** The page's list with it. */
export const INVENTED_INDEX = [
  { name: "invented", title: STUDY.title, headline: "Invented for a test.", runs: 90 },
];
