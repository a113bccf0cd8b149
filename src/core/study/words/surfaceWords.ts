// What a surface over a study's blends says, or a curve along its one factor: what is best. Fits nothing; whether blends beat
// their pure kinds is synergyWords.ts'.
import { percent, percents } from "../../percent.ts";
import { MIXED_KINDS } from "../mixtureCells.ts";
import type { LackOfFit } from "../stats/blockFit.ts";
import type { MetricAnalysis } from "../analysis/studyAnalysis.ts";
import { errorWords, metricName, pWords, valueWords } from "./studyNumbers.ts";

const ALPHA = 0.05;

const fitWords = (lackOfFit: LackOfFit | undefined): string =>
  lackOfFit
    ? `lack of fit F(${lackOfFit.df.join(", ")}) = ${lackOfFit.f.toFixed(2)}, p ${pWords(lackOfFit.p)}`
    : "its fit cannot be tested: the design has no cell to spare";

/** None where the cells lie on no axis; where no parabola fits, only that. */
export function curveWords({ metric, curve }: MetricAnalysis): string[] {
  if (!curve) return [];
  const { label, lackOfFit, best, seeds } = curve;
  const fit = fitWords(lackOfFit);
  if (lackOfFit && lackOfFit.p < ALPHA)
    return [`No parabola fits along the ${label} (${fit}): only the measured cells count.`];
  const basis = `(${seeds} seeds as blocks; ${fit})`;
  if (!best) return [`A parabola along the ${label} has no best point between what was measured ${basis}.`];
  const at = label.startsWith("share") ? percent(best.x) : Number(best.x.toPrecision(2)).toString();
  return [
    `A parabola along the ${label} is best near ${at}: ${metricName(metric)} ${valueWords(metric, best.value)}, standard error ${errorWords(metric, best.se)} ${basis}.`,
  ];
}

/** None where there is no surface; where it does not fit, only that. */
export function surfaceWords({ metric, surface }: MetricAnalysis): string[] {
  if (!surface) return [];
  const { lackOfFit, best, seeds } = surface;
  const fit = fitWords(lackOfFit);
  if (lackOfFit && lackOfFit.p < ALPHA)
    return [`No quadratic surface fits these cells (${fit}): only the measured cells count.`];
  const shares = percents(best.blend);
  const blend = best.blend.flatMap((share, i) => (share > 0 ? [`${MIXED_KINDS[i]!} ${shares[i]!}`] : []));
  return [
    `The fitted surface is best at ${blend.join(", ")}: ${metricName(metric)} ${valueWords(metric, best.value)}, standard error ${errorWords(metric, best.se)} (${seeds} seeds as blocks; ${fit}).`,
  ];
}
