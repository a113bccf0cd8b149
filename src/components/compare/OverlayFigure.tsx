// One measure of all compared groups over the steps: mean, band, and each seed faint.
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import { languageStore } from "../../state/languageStore.ts";
import { LineFigure } from "../charts/LineFigure.tsx";
import { ShownContext, useShown } from "../charts/shown.ts";
import { lowerIsBetter, metricWords } from "../uncertainty/intervalWords.ts";
import { languageLabel } from "../words/languageWords.ts";
import { overlaySeries } from "./overlaySeries.ts";
import { useComparison } from "./useComparison.ts";

export function OverlayFigure() {
  const { groups, metric } = useComparison();
  const highlighted = useStore(languageStore, (state) => state.highlighted);
  const { label, text } = metricWords(metric);
  const ofLanguage = highlighted === undefined ? [] : overlaySeries(groups, metric, highlighted);
  const inLanguage = ofLanguage.length > 0;
  const seeds = groups.map(({ runs }) => runs.length);
  const several = seeds.some((n) => n > 1);
  const bands = seeds.some((n) => n >= LEAST_SCATTER);
  const shown = useShown();
  const runs = groups.flatMap((group) => group.runs); // of which a saved picture tells
  return (
    <ShownContext value={{ ...shown, runs }}>
      <LineFigure
        title={inLanguage ? `${label} in ${languageLabel(highlighted!)}` : label}
        description={`${several ? "Thick: the mean of a group; faint: its seeds. " : ""}${lowerIsBetter(metric) ? "Lower" : "Higher"} is better.`}
        series={inLanguage ? ofLanguage : overlaySeries(groups, metric)}
        {...shown.steps}
        yFrom="data"
        legend={false} // groups are named at their lines' ends, and in the table above
        valueHead={label}
        valueText={text}
        sample={sampleWords(seeds, bands)}
        empty="One line per group appears here: choose a run, and tick others in the list."
      />
    </ShownContext>
  );
}

function sampleWords(counts: readonly number[], bands: boolean): string {
  if (counts.length === 0) return "";
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds =
    least < most
      ? `${least} to ${counted(most, "seed")} each` // which has how many stands in the table above
      : `${counted(most, "seed")}${counts.length > 1 ? " each" : ""}`;
  return bands
    ? `${seeds}. Band: 95 % interval of the mean over seeds (Student’s t), from ${LEAST_SCATTER} seeds on.`
    : `${seeds}; no band below ${LEAST_SCATTER} seeds.`;
}
