// Does meaning bring texts together, or language? Cosines before training and now, of all languages or one pair; as an option
// the same concepts on a map.
import { useState } from "react";
import { useStore } from "zustand";
import type { CosineChoice } from "../../core/run/views.ts";
import { cosineStore } from "../../state/cosineStore.ts";
import { ChartSaver } from "../charts/ChartSaver.tsx";
import { Figure } from "../charts/Figure.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { languageLabel } from "../words/languageWords.ts";
import { CosineTable } from "./CosineTable.tsx";
import { cosineSample, withLanguage } from "./cosineWords.ts";
import { useEmbeddingMap } from "./useEmbeddingMap.tsx";
import { useWeights } from "./useWeights.ts";
import { Histograms } from "./Histograms.tsx";
import type { PictureParts } from "./pictureParts.ts";
import "./map.css";

const PICTURES = [
  { value: "cosines", label: "Histograms" },
  { value: "map", label: "Map" },
] as const;

export function CosineFigure() {
  const [picture, setPicture] = useState<"cosines" | "map">("cosines");
  const cosines = useCosines(picture === "cosines");
  const map = useEmbeddingMap(picture === "map");
  const { controls, table, children, ...parts } = picture === "map" ? map : cosines;
  return (
    <Figure
      {...parts}
      foot={
        Boolean(table) && (
          <>
            {table}
            <ChartSaver />
          </>
        )
      }
      controls={
        <>
          <Segmented
            label="Picture of the vectors"
            value={picture}
            options={PICTURES}
            onChange={setPicture}
          />
          {controls}
        </>
      }
    >
      {children}
    </Figure>
  );
}

/** @param wanted false: nothing is asked for */
function useCosines(wanted: boolean): PictureParts {
  const { view, choice, status, error } = useStore(cosineStore);
  const { measure, clear } = cosineStore.getState();
  const run = useWeights(wanted, measure, clear);
  const own = run && view?.runId === run.id ? view : undefined;
  return {
    kind: "histograms",
    title: "Meaning against language (cosine)",
    description:
      "Cosines of questions with passages of the evaluation. Good: the right answers of other languages move right, clear of wrong ones in the question’s own. Upright lines and numbers: medians.",
    sample: own && cosineSample(own, run!.name, run!.seed),
    table: own && <CosineTable view={own} />,
    controls: own && <PairChoice choice={choice} languages={own.languages} />,
    children: own ? (
      <Histograms view={own} />
    ) : (
      <p className="chart-empty map-empty" role="status">
        {status === "failed"
          ? `The cosines could not be measured: ${error ?? "no reason was given"}`
          : run?.measured === undefined
            ? "Cosines need weights: start a run. They are measured when its first evaluation is done."
            : "Measuring cosines…"}
      </p>
    ),
  };
}

interface PairChoiceProps {
  readonly choice: CosineChoice;
  readonly languages: readonly string[];
}

function PairChoice({ choice, languages }: PairChoiceProps) {
  const sides = [
    { side: "query", label: "Questions in", any: "all languages" },
    { side: "passage", label: "answers in", any: "all others" },
  ] as const;
  return (
    <span className="pairChoice">
      {sides.map(({ side, label, any }) => (
        <label key={side}>
          {label}
          <select
            className="select"
            value={choice[side] ?? ""}
            onChange={({ target }) =>
              void cosineStore
                .getState()
                .choose(withLanguage(choice, side, target.value === "" ? undefined : target.value))
            }
          >
            <option value="">{any}</option>
            {languages.map((lang) => (
              <option key={lang} value={lang}>
                {languageLabel(lang)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </span>
  );
}
