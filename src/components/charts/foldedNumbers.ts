// Rows of mixed numbers and words as a figure's table: shortened for reading, whole in the CSV. Draws nothing.
import { csvText } from "../../core/series/csv.ts";
import { tableText } from "../words/numberText.ts";
import type { FoldedNumbers } from "./FoldedTable.tsx";

export interface NumberRow {
  readonly id: string;
  readonly label: string;
  readonly cells: readonly (string | number)[]; // behind the label
  readonly isCurrent?: boolean;
}

/** @param heads of all columns, that of the labels first */
export const foldedNumbers = (heads: readonly string[], rows: readonly NumberRow[]): FoldedNumbers => ({
  heads,
  rows: rows.map(({ id, label, cells, isCurrent = false }) => ({
    id,
    head: label,
    cells: cells.map((cell) => (typeof cell === "number" ? tableText(cell) : cell)),
    isCurrent,
  })),
  csv: () =>
    csvText([
      [heads[0]!.toLowerCase(), ...heads.slice(1)],
      ...rows.map(({ label, cells }) => [label, ...cells]),
    ]),
});
