// What the surface over a study's blends says: the best blend, and whether blends beat their pure kinds. Fits nothing.
import { percent } from "../../percent.ts";
import type { MetricAnalysis } from "../analysis/studyAnalysis.ts";
import { metricName, pWords, valueWords } from "./studyNumbers.ts";

const KINDS = ["mono", "cross", "multi"] as const;
const ALPHA = 0.05;

/** None where there is no surface; where it does not fit, only that. */
export function surfaceWords({ metric, surface }: MetricAnalysis): string[] {
  if (!surface) return [];
  const { lackOfFit, best, synergies, seeds } = surface;
  const fit = lackOfFit
    ? `lack of fit F(${lackOfFit.df.join(", ")}) = ${lackOfFit.f.toFixed(2)}, p ${pWords(lackOfFit.p)}`
    : "its fit cannot be tested: the design has no cell to spare";
  if (lackOfFit && lackOfFit.p < ALPHA)
    return [`No quadratic surface fits these cells (${fit}): only the measured cells count.`];
  const blend = best.blend.flatMap((share, i) => (share > 0 ? [`${KINDS[i]!} ${percent(share)}`] : []));
  return [
    `The fitted surface is best at ${blend.join(", ")}: ${metricName(metric)} ${valueWords(metric, best.value)}, standard error ${valueWords(metric, best.se)} (${seeds} seeds as blocks; ${fit}).`,
    ...synergies.map(({ kinds: [i, j], some, half, best: at }) => {
      const pair = `${KINDS[i]!} and ${KINDS[j]!}`;
      if (some >= ALPHA)
        return `No blend of ${pair} is shown to beat both alone (one-sided p ${pWords(some)}).`;
      const halves = half < ALPHA ? "half of each does, too" : "for half of each this is not shown";
      const where = at === undefined ? "" : `, best near ${KINDS[i]!} ${percent(at)}`;
      return `A blend of ${pair} beats both alone (one-sided p ${pWords(some)})${where}; ${halves} (p ${pWords(half)}).`;
    }),
  ];
}
