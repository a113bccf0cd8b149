// Two finished runs against each other: the difference, its interval and its test, overall and language by language.
import { useEffect, useState } from "react";
import { seedRelation } from "../../core/series/comparedSeeds.ts";
import type { Difference } from "../../core/stats/compareQueries.ts";
import { namedRun } from "../../core/record/misfits.ts";
import { sameTest } from "../../core/record/sameTest.ts";
import { detailOf, seededRun, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { chanceText, changeText, countText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import { languageLabel } from "../words/languageWords.ts";
import { useShown } from "../charts/shown.ts";
import { BarFigure } from "./BarFigure.tsx";
import type { ChartBar } from "./BarPlot.tsx";
import {
  comparisonWords,
  isDecided,
  languagesSentence,
  lowerIsBetter,
  metricWords,
  sampleOf,
  withoutIntervals,
} from "./intervalWords.ts";
import { MetricChoice } from "./MetricChoice.tsx";
import { useDifferences } from "./useStats.ts";

const COLUMNS = ["difference", "95 % from", "to", "p", "p (Holm)", "question groups", "seeds"] as const;
const EMPTY =
  "Choose a second finished run, tested on the same questions: what it gains or loses is shown here for each language, with the chance that it is luck.";

/** Begins anew, with the run drawn beside it, when another run is chosen. */
export function CompareFigure() {
  const { selected, runs, comparable } = useShown();
  return (
    <Comparison key={selected?.id} run={selected} others={comparable} besideId={selected && runs[1]?.id} />
  );
}

interface ComparisonProps {
  readonly run: Run | undefined;
  /** Finished runs, those drawn beside `run` first. */
  readonly others: readonly Run[];
  /** The run drawn beside `run`, if any: compared at first. */
  readonly besideId: string | undefined;
}

function Comparison({ run, others, besideId }: ComparisonProps) {
  const [metric, setMetric] = useState("map/multi");
  const [chosen, setChosen] = useState<string>();
  const other = others.find(({ id }) => id === (chosen ?? besideId));
  const stored = other?.detail.state === "stored" ? other.id : undefined;
  useEffect(() => {
    if (stored !== undefined) void runStore.getState().loadDetail(stored);
  }, [stored]);
  const differences = useDifferences(detailOf(run).queryValues, detailOf(other).queryValues);
  const paired = typeof differences === "object" && isSameTest(run, other) ? differences[metric] : undefined;
  const { label, text } = metricWords(metric);
  const names = [run ? namedRun(run) : "", other ? namedRun(other) : ""] as const;
  const relation = relationOf(run, other, others);
  const isOne = relation?.kind === "same";
  const seeds = `${run?.spec.seed} and ${other?.spec.seed}`;
  const bars = Object.entries(paired?.byLanguage ?? {})
    .map(([lang, difference]) => barOf(lang, difference, metric, { isOne, seeds }))
    .sort((a, b) => b.value - a.value);
  return (
    <BarFigure
      title={other ? `${label}: ${names[0]} − ${names[1]}` : "Difference between two runs"}
      description={`The same questions asked of both. ${isOne ? "Two runs of one experiment: none is better." : "Green: better on these questions by more than chance (0 outside the whiskers, p < .05 by Holm); red: worse; pale: undecided."} ${lowerIsBetter(metric) ? "Below" : "Above"} 0 is better for the first.`}
      bars={bars}
      columns={COLUMNS}
      valueText={text}
      sample={
        paired?.overall
          ? `Whiskers: ${sampleOf(paired.overall.clusters, seedsText([run!, other!].map(({ spec }) => spec.seed)))}${isOne ? "" : "; p: paired randomisation test, 9,999 swaps"}. Seeds are not part of these intervals.`
          : ""
      }
      empty={whyEmpty(run, other, differences, metric)}
      controls={
        <div className="compare-choice">
          <select
            className="select"
            aria-label="Run to compare with"
            value={other?.id ?? ""}
            onChange={({ target }) => setChosen(target.value)}
          >
            <option value="">Compare with…</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {namedRun(one)} (seed {one.spec.seed})
              </option>
            ))}
          </select>
          <MetricChoice value={metric} values={detailOf(run).queryValues} onChange={setMetric} />
        </div>
      }
    >
      {paired?.overall && relation && (
        <div className="compare-words" role="status">
          {comparisonWords(relation, names, metric, paired.overall).map((sentence, i) => (
            <p key={i}>{i === 0 ? <b>{sentence}</b> : sentence}</p>
          ))}
          {bars.length > 1 && !isOne && <p>{languagesSentence(metric, Object.values(paired.byLanguage))}</p>}
        </div>
      )}
    </BarFigure>
  );
}

/** What the seeds among all ended runs say of these two. */
function relationOf(run: Run | undefined, other: Run | undefined, others: readonly Run[]) {
  const [first, second] = [run && seededRun(run), other && seededRun(other)];
  if (!first || !second) return undefined;
  return seedRelation(
    first,
    second,
    others.flatMap((one) => (one.misfits ? [] : (seededRun(one) ?? []))),
  );
}

/** @param isOne both are runs of one experiment: nothing is tested, so nothing is coloured */
function barOf(
  lang: string,
  difference: Difference,
  metric: string,
  { isOne, seeds }: { readonly isOne: boolean; readonly seeds: string },
): ChartBar {
  const { estimate, low, high, p, pHolm = p, clusters } = difference;
  const { text } = metricWords(metric);
  const good = estimate > 0 !== lowerIsBetter(metric);
  const adjusted = chanceText(pHolm).replace("p", "p (Holm)");
  return {
    id: lang,
    label: languageLabel(lang),
    value: estimate,
    low,
    high,
    colour: isOne || !isDecided(difference) ? "var(--line)" : good ? "var(--good)" : "var(--bad)",
    note: `${changeText(estimate, text)} [${changeText(low, text)}, ${changeText(high, text)}]${isOne ? "" : `, ${adjusted}`}, ${countText(clusters)} question groups`,
    cells: [estimate, low, high, ...(isOne ? ["", ""] : [p, pHolm]), clusters, seeds],
  };
}

function isSameTest(a: Run | undefined, b: Run | undefined): boolean {
  const [first, second] = [detailOf(a).record, detailOf(b).record];
  return first !== undefined && second !== undefined && sameTest(first, second);
}

function whyEmpty(
  run: Run | undefined,
  other: Run | undefined,
  differences: ReturnType<typeof useDifferences>,
  metric: string,
): string {
  if (!run || !other) return EMPTY;
  for (const one of [run, other]) {
    const missing = one.detail.state === "stored" ? undefined : withoutIntervals(one);
    if (missing !== undefined) return `${one.name}: ${missing}`;
  }
  if (differences === "unpaired" || (differences && !isSameTest(run, other))) {
    return "These two were not tested on the same questions and passages, so their difference would say nothing.";
  }
  const lacking = [run, other].find((one) => !(metric in (detailOf(one).queryValues?.values ?? {})));
  if (differences && lacking)
    return `${lacking.name}: ${metricWords(metric).label} was not measured for single questions.`;
  return differences
    ? "Fewer than 10 independent questions, or nearly all alike: too little for an interval."
    : "Comparing…";
}
