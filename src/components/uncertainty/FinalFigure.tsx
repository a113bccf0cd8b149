// The final evaluation language by language, each bar with its interval over questions; or by group, with its members on demand.
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { meanDefined } from "../../core/metrics/languageMeans.ts";
import type { LanguageResult } from "../../core/metrics/evaluation.ts";
import type { Interval } from "../../core/stats/bootstrap.ts";
import { languageStore } from "../../state/languageStore.ts";
import { detailOf } from "../../state/run/run.ts";
import { countText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import { isHeldOut, languageLabel } from "../words/languageWords.ts";
import { useShown } from "../charts/shown.ts";
import { BarFigure } from "./BarFigure.tsx";
import type { ChartBar } from "./BarPlot.tsx";
import { barAt, groupedBars, groupsFor } from "./groupedBars.ts";
import { lowerIsBetter, metricWords, rangeText, sampleOf, withoutIntervals } from "./intervalWords.ts";
import { MetricChoice } from "./MetricChoice.tsx";
import { useGroupIntervals, useIntervals } from "./useStats.ts";

const COLUMNS = ["value", "95 % from", "to", "question groups", "queries", "seed"] as const;

export function FinalFigure() {
  const { selected: run } = useShown();
  const [metric, setMetric] = useState("map/multi");
  const { highlighted, grouping, openGroup, highlight, open } = useStore(languageStore);
  const { record, queryValues } = detailOf(run);
  const intervals = useIntervals(queryValues);
  const values = useMemo(() => valuesOf(record?.final.perLanguage ?? {}, metric), [record, metric]);
  const languages = useMemo(() => [...values.keys()], [values]);
  const groups = useMemo(() => groupsFor(languages, grouping), [languages, grouping]);
  const ofGroups = useGroupIntervals(queryValues, groups);
  const { label, text } = metricWords(metric);
  const own = intervals?.[metric];

  /** @param also what pointing at the bar says besides */
  const barOf = (
    look: Pick<ChartBar, "id" | "label" | "colour" | "isMean">,
    { value, queries }: Value,
    interval: Interval | undefined,
    also: string,
  ): ChartBar => {
    const { low, high, clusters } = interval ?? {};
    const range = interval
      ? `, 95 %: ${rangeText(interval, text)} over ${countText(interval.clusters)} question groups`
      : "";
    return {
      ...look,
      value,
      ...(interval && { low: interval.low, high: interval.high }),
      note: `${text(value)}${range}${also}`,
      cells: [value, low ?? "", high ?? "", clusters ?? "", queries, run?.spec.seed ?? ""],
    };
  };
  const bars = groupedBars(languages, groups, openGroup, {
    language: (lang) => {
      const out = run !== undefined && isHeldOut(run, lang);
      const colour = out ? "var(--series-1)" : "var(--series-6)";
      const also = out ? "; held out, never trained on" : "";
      const look = { id: lang, label: languageLabel(lang), colour };
      return barOf(look, values.get(lang)!, own?.byLanguage[lang], also);
    },
    mean: ({ title, languages: members }, i) => {
      const interval = ofGroups[i]?.[metric]?.overall;
      const those = members.map((lang) => values.get(lang)!);
      const value = interval?.estimate ?? meanDefined(those.map((one) => one.value))!;
      const queries = those.reduce((sum, one) => sum + one.queries, 0);
      const label = `${title} (${members.length})`;
      const look = { id: title, label, colour: "var(--ink-soft)", isMean: true };
      return barOf(look, { value, queries }, interval, `; mean over ${counted(members.length, "language")}`);
    },
  });
  const clusters = own?.overall?.clusters;
  const isPending = ofGroups.some((one) => one === undefined);
  const grey = groups.length > 0 ? " Grey: mean over a group; press it for its languages." : "";
  return (
    <BarFigure
      title={`${label} by language, at the end`}
      description={`Blue: trained on. Red: held out.${grey} Whiskers: where the number could lie with other questions. ${lowerIsBetter(metric) ? "Lower" : "Higher"} is better.`}
      bars={bars}
      columns={COLUMNS}
      valueHead={label}
      valueText={text}
      sample={
        !run
          ? ""
          : clusters !== undefined
            ? `Whiskers: ${sampleOf(clusters, seedsText([run.spec.seed]))}${isPending ? "; some are being computed…" : "."}`
            : (withoutIntervals(run) ?? "Intervals are being computed…")
      }
      empty="One bar per language, with its interval, appears here when the run has ended."
      controls={<MetricChoice value={metric} values={queryValues} onChange={setMetric} />}
      marked={barAt(highlighted, groups, openGroup)}
      onPick={(id) => (values.has(id) ? highlight(id) : open(id === openGroup ? undefined : id))}
    />
  );
}

interface Value {
  readonly value: number;
  readonly queries: number;
}

/** By language, of those in which the metric has a value. */
function valuesOf(perLanguage: Readonly<Record<string, LanguageResult>>, metric: string) {
  return new Map(
    Object.entries(perLanguage).flatMap(([lang, { values, queries }]): [string, Value][] => {
      const value = values[metric];
      return value === null || value === undefined ? [] : [[lang, { value, queries }]];
    }),
  );
}
