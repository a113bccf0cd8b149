// What a picture of a study is before it is drawn: its words, its numbers as a table, and how marks or lines are made of them.
// Draws nothing.
import type { ReactNode } from "react";
import type { ChartSeries, LineAxis } from "../../charts/chartSeries.ts";
import type { FoldedNumbers } from "../../charts/FoldedTable.tsx";
import type { NumberText } from "../../words/numberText.ts";

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** What is told of one mark, and where it stands. */
export interface PlotMark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly note: string; // one sentence
}

export interface Drawing {
  readonly marks: readonly PlotMark[]; // in the order of the arrow keys
  /** @param marked id of the mark that stands out */
  readonly picture: (marked: string | undefined) => ReactNode;
}

interface PictureWords {
  readonly title: string; // metric and unit
  readonly description: string; // one sentence: what it shows, which direction is good
  readonly sample: string; // what n is, how many seeds
}

/** A picture made of marks. */
export interface MarksPicture extends PictureWords {
  readonly kind: "marks";
  readonly shape: "wide" | "square" | { readonly rows: number };
  readonly draw: (size: PlotSize) => Drawing;
  readonly idle: string; // the sentence while no mark is pointed at
  readonly numbers: () => FoldedNumbers;
  readonly empty?: string | undefined; // what will appear here; left out: there is something
}

/** A line chart. */
export interface LinesPicture extends PictureWords {
  readonly kind: "lines";
  readonly series: readonly ChartSeries[];
  readonly xMax: number;
  readonly axis?: LineAxis;
  readonly yFrom: "data";
  readonly legend?: boolean;
  readonly valueHead: string;
  readonly valueText: NumberText;
  readonly empty: string;
}

export type StudyPicture = MarksPicture | LinesPicture;

export const ROW = 24; // px
export const AXIS = 40; // with its name

/** Px on paper of a picture so wide. */
export function pictureHeight(shape: MarksPicture["shape"], width: number): number {
  if (typeof shape === "object") return shape.rows * ROW + AXIS;
  return shape === "square" ? Math.round(0.9 * width) : Math.round(90 + width / 3);
}
