// What the first group gains or loses against the second, language by language or by groups of languages: over seeds, or over
// the questions of one pair of runs. Never both at once (ADR 13).
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import { languageStore } from "../../state/languageStore.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { ShownContext, useShown } from "../charts/shown.ts";
import { LanguageSearch } from "../results/LanguageSearch.tsx";
import { GroupingChoice } from "../results/GroupingChoice.tsx";
import { BarFigure } from "../uncertainty/BarFigure.tsx";
import { barAt, groupedBars, groupsFor } from "../uncertainty/groupedBars.ts";
import { languagesSentence, lowerIsBetter, metricWords, sampleOf } from "../uncertainty/intervalWords.ts";
import { useGroupDifferences } from "../uncertainty/useStats.ts";
import { differenceBar, meanOver, seedDifferences } from "./differenceBars.ts";
import { useComparison } from "./useComparison.ts";
import { useQuestion, whyNone } from "./useAnswer.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { languageLabel } from "../words/languageWords.ts";
import { counted } from "../../core/counted.ts";

const COLUMNS = ["first", "second", "difference", "95 % from", "to", "p", "p (Holm)", "n", "seeds"] as const;
const EMPTY =
  "With two groups of one test: what the first gains or loses against the second in each language, with the chance that it is luck.";

export function DifferenceFigure() {
  const { first, second, metric } = useComparison();
  const shownRuns = useShown();
  const { highlighted, grouping, openGroup, highlight, open } = useStore(languageStore);
  const { overSeeds, pair, overQuestions } = useQuestion(first, second, metric);
  const [asked, setAsked] = useState<"seeds" | "questions">();
  const axis =
    overSeeds && (asked ?? (overSeeds.seeds >= LEAST_SCATTER ? "seeds" : "questions")) === "seeds"
      ? "seeds"
      : "questions";

  const languages = useMemo(() => languagesOf(pair, metric), [pair?.[0], pair?.[1], metric]); // eslint-disable-line react-hooks/exhaustive-deps -- the pair is made anew each time
  const groups = useMemo(() => groupsFor(languages, grouping), [languages, grouping]);
  const [a, b] = [detailOf(pair?.[0]).queryValues, detailOf(pair?.[1]).queryValues];
  const ofGroups = useGroupDifferences(axis === "questions" ? a : undefined, b, groups);
  const bySeed = useMemo(
    () =>
      axis === "seeds" && first && second
        ? seedDifferences(metric, first, second, languages, groups)
        : undefined,
    [axis, metric, first, second, languages, groups],
  );
  const questions = typeof overQuestions === "object" ? overQuestions[metric] : undefined;

  const { label, text } = metricWords(metric);
  const shown = {
    metric,
    seeds: axis === "seeds" ? seedsOf(first?.runs, second?.runs) : seedsOf(pair?.slice(0, 1), pair?.slice(1)),
  };
  const meansOf = (langs: readonly string[]) =>
    [
      axis === "seeds" ? first?.runs : pair?.slice(0, 1),
      axis === "seeds" ? second?.runs : pair?.slice(1),
    ].map((runs) => meanOver(runs ?? [], langs, metric)) as [number, number];
  const bars = groupedBars(languages, groups, openGroup, {
    language: (lang) => {
      const found = bySeed ? bySeed.languages.get(lang) : questions?.byLanguage[lang];
      return found && differenceBar({ id: lang, label: languageLabel(lang) }, found, meansOf([lang]), shown);
    },
    mean: ({ title, languages: members }, i) => {
      const whole = ofGroups[i];
      const found = bySeed
        ? bySeed.groups[i]
        : typeof whole === "object"
          ? whole[metric]?.overall
          : undefined;
      const look = { id: title, label: `${title} (${members.length})`, isMean: true };
      return found && differenceBar(look, found, meansOf(members), shown);
    },
  });
  const names = first && second ? `${first.label} − ${second.label}` : undefined;
  const better = lowerIsBetter(metric) ? "Left of 0 is better" : "Right of 0 is better";
  const n = overSeeds?.seeds ?? 0;
  const runs = [...(first?.runs ?? []), ...(second?.runs ?? [])]; // of which a saved picture tells
  return (
    <ShownContext value={{ ...shownRuns, runs }}>
      <BarFigure
        title={names ? `${label}: ${names}` : "Difference between two groups"}
        description={`${better} for the first. ${axis === "seeds" ? "Each seed of one held against the same seed of the other, where both have it." : "The same questions asked of both."} Green or red only beyond chance, after Holm’s correction.`}
        bars={bars}
        columns={COLUMNS}
        valueHead={`Difference in ${label}`}
        valueText={text}
        sample={
          bars.length === 0
            ? ""
            : axis === "seeds"
              ? `${n >= LEAST_SCATTER ? "Whiskers: 95 % over" : "No whiskers over"} ${counted(n, "seed")}, on these questions.`
              : `Whiskers: ${sampleOf(questions?.overall?.clusters ?? 0, `1 seed each (${shown.seeds})`)}. Seeds are not part of these intervals.`
        }
        empty={
          !pair
            ? EMPTY
            : bars.length === 0 && axis === "questions"
              ? whyNone(pair, overQuestions, metric)
              : EMPTY
        }
        controls={
          <div className="compare-controls">
            {overSeeds && (
              <Segmented
                label="Differences over"
                value={axis}
                onChange={setAsked}
                options={[
                  { value: "seeds", label: "Over seeds" },
                  { value: "questions", label: "Over questions" },
                ]}
              />
            )}
            <GroupingChoice languages={languages} />
            <LanguageSearch languages={languages} />
          </div>
        }
        marked={barAt(highlighted, groups, openGroup)}
        onPick={(id) => (languages.includes(id) ? highlight(id) : open(id === openGroup ? undefined : id))}
      >
        {questions && axis === "questions" && languages.length > 1 && (
          <p className="field-note">{languagesSentence(metric, Object.values(questions.byLanguage))}</p>
        )}
      </BarFigure>
    </ShownContext>
  );
}

/** Languages in which both have a value. */
function languagesOf(pair: readonly [Run, Run] | undefined, metric: string): readonly string[] {
  const [a, b] = (pair ?? []).map((run) => detailOf(run).record?.final.perLanguage ?? {});
  const has = (of: typeof a, lang: string) => typeof of?.[lang]?.values[metric] === "number";
  return Object.keys(a ?? {}).filter((lang) => has(a, lang) && has(b, lang));
}

const seedsOf = (first: readonly Run[] = [], second: readonly Run[] = []) =>
  [first, second].map((runs) => runs.map(({ spec }) => spec.seed).join(", ")).join(" and ");
