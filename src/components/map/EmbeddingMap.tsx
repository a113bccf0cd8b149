// The same concepts in all languages, before training and now, side by side: do translations come together?
import { counted } from "../../core/counted.ts";
import type { MapView } from "../../core/run/views.ts";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { MAP_CONCEPTS, mapStore } from "../../state/mapStore.ts";
import { measuredStep } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { LanguageLegend } from "./LanguageLegend.tsx";
import { MapPlot } from "./MapPlot.tsx";
import { MapTable } from "./MapTable.tsx";
import { conceptName, frameOf } from "./mapLook.ts";
import "./map.css";

export function EmbeddingMap() {
  const { map, status, error } = useStore(mapStore);
  const active = useStore(runStore, ({ runs, weightsId }) => runs.find(({ id }) => id === weightsId));
  const measured = measuredStep(active);

  // A new evaluation means new weights.
  useEffect(() => {
    if (measured === undefined) mapStore.getState().clear();
    else void mapStore.getState().draw();
  }, [measured, active?.id]);

  return (
    <figure className="chart map" aria-label="Map of the same concepts across languages">
      <figcaption className="chart-head">
        <div className="chart-words">
          <p>
            Each point is a passage of the evaluation pool; at most {MAP_CONCEPTS} concepts, of those that
            most languages have. Principal components: both pictures have the same axes and scale, the two
            directions in which the points of both differ most, each picture about its own mean. Two axes
            cannot show everything; the table has cosines in all dimensions.
          </p>
        </div>
      </figcaption>
      {map && active && map.runId === active.id ? (
        <Pictures map={map} name={active.name} seed={active.spec.seed} />
      ) : (
        <p className="chart-empty map-empty">
          {status === "failed"
            ? `The map could not be drawn: ${error ?? "no reason was given"}`
            : measured === undefined
              ? "The map needs weights: start a run. It is drawn when its first evaluation is done."
              : "Drawing the map…"}
        </p>
      )}
    </figure>
  );
}

interface PicturesProps {
  readonly map: MapView;
  readonly name: string; // of the run
  readonly seed: number;
}

function Pictures({ map, name, seed }: PicturesProps) {
  const [pointed, setPointed] = useState<number>();
  const [pinned, setPinned] = useState<number>();
  const [lang, setLang] = useState<number>();
  const frame = useMemo(() => frameOf(map), [map]);
  const concept = pointed ?? (pinned !== undefined && pinned < map.concepts.length ? pinned : undefined);
  const shared = {
    map,
    frame,
    concept,
    lang,
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
      <p className="chart-sample">
        {name}: {map.concepts.length} concepts, {map.points.length} passages, {map.languages.length}{" "}
        languages, seed {seed} only: no interval.
      </p>
      <MapTable map={map} />
    </>
  );
}
