// mAP language by language: which gain, and whether languages without training data gain with them.
import { useState } from "react";
import { useStore } from "zustand";
import { groupLanguages } from "../../core/languages/languageChoice.ts";
import { groupingOf, languageStore } from "../../state/languageStore.ts";
import { languageColumns } from "../../core/record/pointColumns.ts";
import { detailOf } from "../../state/run/run.ts";
import { LineFigure } from "../charts/LineFigure.tsx";
import { scoreText } from "../words/numberText.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { useToggled } from "../controls/useToggled.ts";
import { askedCuts, comparedLanguage, languageSeries, MAP_METRICS } from "./figureSeries.ts";
import { groupSeries } from "./groupSeries.ts";
import { isHeldOut, languageLabel } from "../words/languageWords.ts";
import { useShown } from "../charts/shown.ts";

export function LanguageFigure() {
  const { runs, sample, steps } = useShown();
  const [wanted, setMetric] = useState("map/multi");
  const { highlighted, grouping, openGroup } = useStore(languageStore);
  const [chosen, setChosen] = useState("");
  const [brought, bring] = useToggled();
  const [first] = runs;
  const metrics = [...MAP_METRICS, ...askedCuts(runs)];
  const shown = metrics.find(({ path }) => path === wanted) ?? MAP_METRICS.at(-1)!;
  const { path: metric, label, help, what, better } = shown;
  const languages = [
    ...new Set(runs.flatMap((run) => languageColumns(detailOf(run).points, metric).map(({ lang }) => lang!))),
  ].sort();
  const several = runs.length > 1;
  const own = groupingOf(grouping, languages.length);
  const groups = several || own === "none" ? undefined : groupLanguages(languages, own);
  const wantedLanguage = highlighted ?? chosen;
  const compared = languages.includes(wantedLanguage)
    ? wantedLanguage
    : (languages.find((lang) => first && isHeldOut(first, lang)) ?? languages[0]);
  const series = !first
    ? []
    : several
      ? compared === undefined
        ? []
        : comparedLanguage(runs, metric, compared)
      : groups
        ? groupSeries(first, metric, groups, new Set([openGroup, highlighted]))
        : languageSeries(
            first,
            metric,
            highlighted === undefined ? brought : new Set([...brought, highlighted]),
          );
  const many = !several && !groups && series.some(({ faint }) => faint);
  return (
    <LineFigure
      title={
        several && compared !== undefined
          ? `${label} of ${languageLabel(compared)} (0–1)`
          : `${label} by language (0–1)`
      }
      description={`${help ?? `${what}.`} ${groups ? "Each line: the mean over a group." : "Hollow marks: held out, never trained on."} ${better === "lower" ? "Lower" : "Higher"} is better.`}
      series={series}
      {...steps}
      valueHead={label}
      valueText={scoreText}
      sample={sample}
      empty="One line per language appears here at the first evaluation; held-out languages have hollow marks."
      tall
      marked={several ? undefined : highlighted}
      controls={
        <div className="figure-controls">
          {metrics.length > MAP_METRICS.length ? (
            <select
              className="select"
              aria-label="Measure"
              value={metric}
              onChange={({ target }) => setMetric(target.value)}
            >
              {metrics.map((one) => (
                <option key={one.path} value={one.path}>
                  {one.label}
                </option>
              ))}
            </select>
          ) : (
            <Segmented
              label="Measure"
              value={metric}
              onChange={setMetric}
              options={MAP_METRICS.map(({ path, short }) => ({ value: path, label: short! }))}
            />
          )}
          {several && (
            <select
              className="select"
              aria-label="Language to compare the runs in"
              value={compared ?? ""}
              onChange={({ target }) => {
                setChosen(target.value);
                if (highlighted !== undefined) languageStore.getState().highlight(target.value);
              }}
            >
              {languages.map((lang) => (
                <option key={lang} value={lang}>
                  {languageLabel(lang)}
                </option>
              ))}
            </select>
          )}
          {many && (
            <select
              className="select"
              aria-label="Bring a language forward"
              value=""
              onChange={({ target }) => bring(target.value)}
            >
              <option value="">Bring forward…</option>
              {languages.map((lang) => (
                <option key={lang} value={lang}>
                  {brought.has(lang) ? `✓ ${languageLabel(lang)}` : languageLabel(lang)}
                </option>
              ))}
            </select>
          )}
        </div>
      }
    />
  );
}
