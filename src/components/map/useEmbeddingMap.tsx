// The same concepts in all languages, before training and now, side by side: do translations come together?
import { counted } from "../../core/counted.ts";
import type { MapView } from "../../core/run/views.ts";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { languageStore } from "../../state/languageStore.ts";
import { MAP_CONCEPTS, mapStore } from "../../state/mapStore.ts";
import { seedsText } from "../words/seedsText.ts";
import { LanguageLegend } from "./LanguageLegend.tsx";
import { MapPlot } from "./MapPlot.tsx";
import { MapTable } from "./MapTable.tsx";
import { conceptName, frameOf } from "./mapLook.ts";
import type { PictureParts } from "./pictureParts.ts";
import { useWeights, type WeightsRun } from "./useWeights.ts";

/** @param wanted false: nothing is asked for */
export function useEmbeddingMap(wanted: boolean): PictureParts {
  const { map, status, error } = useStore(mapStore);
  const { draw, clear } = mapStore.getState();
  const run = useWeights(wanted, draw, clear);
  const own = run && map?.runId === run.id ? map : undefined;
  return {
    kind: "map",
    title: "Map of the same concepts across languages",
    description: `Each point is a passage of the evaluation; at most ${MAP_CONCEPTS} concepts, of those that most languages have. Both pictures have the same axes, the two directions in which the points of both differ most. Two axes cannot show everything: the table has cosines in all dimensions.`,
    sample: own && mapSample(own, run!),
    table: own && <MapTable map={own} />,
    children: own ? (
      <Pictures map={own} />
    ) : (
      <p className="chart-empty map-empty" role="status">
        {status === "failed"
          ? `The map could not be drawn: ${error ?? "no reason was given"}`
          : run?.measured === undefined
            ? "The map needs weights: start a run. It is drawn when its first evaluation is done."
            : "Drawing the map…"}
      </p>
    ),
  };
}

const mapSample = ({ concepts, points, languages }: MapView, { name, seed }: WeightsRun) =>
  `${name}: ${concepts.length} concepts, ${points.length} passages, ${languages.length} languages, ${seedsText([seed])}: no interval.`;

function Pictures({ map }: { readonly map: MapView }) {
  const [pointed, setPointed] = useState<number>();
  const [pinned, setPinned] = useState<number>();
  const [lang, setLang] = useState<number>();
  const sought = map.languages.indexOf(useStore(languageStore, ({ highlighted }) => highlighted ?? ""));
  const frame = useMemo(() => frameOf(map), [map]);
  const concept = pointed ?? (pinned !== undefined && pinned < map.concepts.length ? pinned : undefined);
  const shared = {
    map,
    frame,
    concept,
    lang: lang ?? (sought < 0 ? undefined : sought), // pointed at, or searched in any figure
    onConcept: setPointed,
    onPin: (chosen: number) => setPinned(chosen === pinned ? undefined : chosen),
  };
  return (
    <>
      <LanguageLegend languages={map.languages} onMark={setLang} />
      <div className="map-halves">
        <MapPlot title="Before training" when="before" {...shared} />
        <MapPlot title={`Now, after ${counted(map.step, "step")}`} when="now" {...shared} />
      </div>
      <label className="map-choice">
        Join one concept
        <select
          className="select"
          value={pinned ?? ""}
          onChange={({ target }) => setPinned(target.value === "" ? undefined : Number(target.value))}
        >
          <option value="">the one you point at</option>
          {map.concepts.map(({ id }, i) => (
            <option key={id} value={i}>
              {conceptName(map, i)}
            </option>
          ))}
        </select>
      </label>
      <p className="map-words">
        {concept === undefined
          ? "Point at a passage to see its translations."
          : map.points
              .filter((point) => point.concept === concept)
              .map((point) => (
                <span key={point.lang}>
                  <b>{map.languages[point.lang]}</b> <bdi lang={map.languages[point.lang]}>{point.text}</bdi>
                </span>
              ))}
      </p>
    </>
  );
}
