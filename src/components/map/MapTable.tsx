// The map as numbers: how alike a concept's translations are, before and now, in all dimensions; the places as CSV.
import type { MapView } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { FoldedTable, type FoldedNumbers } from "../charts/FoldedTable.tsx";
import { scoreText } from "../words/numberText.ts";
import { conceptName } from "./mapLook.ts";

export function MapTable({ map }: { readonly map: MapView }) {
  return (
    <FoldedTable
      caption="Mean cosine between a concept’s languages"
      csvName="Embedding map"
      numbers={() => numbersOf(map)}
    />
  );
}

function numbersOf(map: MapView): FoldedNumbers {
  const { concepts, points, languages } = map;
  const mean = (when: "before" | "now") =>
    concepts.reduce((sum, one) => sum + one[when], 0) / concepts.length;
  const csv = () =>
    csvText([
      ["concept", "lang", "text", "x before", "y before", "x now", "y now"],
      ...points.map(({ concept, lang, text, before, now }) => [
        concepts[concept]!.id,
        languages[lang],
        text,
        ...before,
        ...now,
      ]),
    ]);
  return {
    heads: ["Concept", "Before", "Now"],
    rows: [
      { id: "", head: `Mean of ${concepts.length}`, cells: [mean("before"), mean("now")].map(scoreText) },
      ...concepts.map(({ id, before, now }, i) => ({
        id,
        head: conceptName(map, i),
        cells: [before, now].map(scoreText),
      })),
    ],
    csv,
    note: "The CSV has the places of all points.",
  };
}
