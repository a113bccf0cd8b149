// The final evaluation language by language, each bar with its interval over questions.
import { useState } from "react";
import { detailOf } from "../../state/run/run.ts";
import { countText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import { isHeldOut, languageLabel } from "../words/languageWords.ts";
import { useShown } from "../charts/shown.ts";
import { BarFigure } from "./BarFigure.tsx";
import type { ChartBar } from "./BarPlot.tsx";
import { lowerIsBetter, metricWords, rangeText, sampleOf, withoutIntervals } from "./intervalWords.ts";
import { MetricChoice } from "./MetricChoice.tsx";
import { useIntervals } from "./useStats.ts";

const COLUMNS = ["value", "95 % from", "to", "question groups", "queries", "seed"] as const;

export function FinalFigure() {
  const { selected: run } = useShown();
  const [metric, setMetric] = useState("map/multi");
  const intervals = useIntervals(detailOf(run).queryValues);
  const { label, text } = metricWords(metric);
  const own = intervals?.[metric];
  const bars = Object.entries(detailOf(run).record?.final.perLanguage ?? {}).flatMap(
    ([lang, result]): ChartBar[] => {
      const value = result.values[metric];
      if (value === null || value === undefined) return [];
      const interval = own?.byLanguage[lang];
      const out = run !== undefined && isHeldOut(run, lang);
      const range = interval
        ? `, 95 %: ${rangeText(interval, text)} over ${countText(interval.clusters)} question groups`
        : "";
      return [
        {
          id: lang,
          label: languageLabel(lang),
          value,
          ...(interval && { low: interval.low, high: interval.high }),
          colour: out ? "var(--series-1)" : "var(--series-6)",
          note: `${text(value)}${range}${out ? "; held out, never trained on" : ""}`,
          cells: [
            value,
            interval?.low ?? "",
            interval?.high ?? "",
            interval?.clusters ?? "",
            result.queries,
            run?.spec.seed ?? "",
          ],
        },
      ];
    },
  );
  bars.sort((a, b) => b.value - a.value);
  const clusters = own?.overall?.clusters;
  return (
    <BarFigure
      title={`${label} by language, at the end`}
      description={`Blue: trained on. Red: held out. Whiskers: where the number could lie with other questions. ${lowerIsBetter(metric) ? "Lower" : "Higher"} is better.`}
      bars={bars}
      columns={COLUMNS}
      valueText={text}
      sample={
        !run
          ? ""
          : clusters !== undefined
            ? `Whiskers: ${sampleOf(clusters, seedsText([run.spec.seed]))}.`
            : (withoutIntervals(run) ?? "Intervals are being computed…")
      }
      empty="One bar per language, with its interval, appears here when the run has ended."
      controls={<MetricChoice value={metric} values={detailOf(run).queryValues} onChange={setMetric} />}
    />
  );
}
