// The map as numbers: how alike a concept's translations are, before and now, in all dimensions; the places as CSV.
import type { MapView } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { scoreText } from "../words/numberText.ts";
import { conceptName } from "./mapLook.ts";

const CAPTION = "Mean cosine between a concept’s languages";

export function MapTable({ map }: { readonly map: MapView }) {
  const mean = (when: "before" | "now") =>
    map.concepts.reduce((sum, one) => sum + one[when], 0) / map.concepts.length;
  const csv = () =>
    csvText([
      ["concept", "lang", "text", "x before", "y before", "x now", "y now"],
      ...map.points.map(({ concept, lang, text, before, now }) => [
        map.concepts[concept]!.id,
        map.languages[lang],
        text,
        ...before,
        ...now,
      ]),
    ]);
  return (
    <details className="dataTable">
      <summary>Data table</summary>
      <div className="dataTable-tools">
        <CsvButton csv={csv} name="Embedding map" />
        <span>The CSV has the places of all points.</span>
      </div>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label={`${CAPTION}, table`}>
        <table>
          <caption>{CAPTION}</caption>
          <thead>
            <tr>
              <th scope="col">Concept</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Mean of {map.concepts.length}</th>
              <td>{scoreText(mean("before"))}</td>
              <td>{scoreText(mean("now"))}</td>
            </tr>
            {map.concepts.map(({ id, before, now }, i) => (
              <tr key={id}>
                <th scope="row">{conceptName(map, i)}</th>
                <td>{scoreText(before)}</td>
                <td>{scoreText(now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
