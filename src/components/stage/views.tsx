// What each view of the stage is made of: tiles on a grid, in order. Lays nothing out.
import { Suspense, type ReactNode } from "react";
import type { StageView } from "../../state/viewStore.ts";
import { lazyPart } from "../controls/lazyPart.tsx";
import { AgreementFigure } from "../results/AgreementFigure.tsx";
import { BatchFigure } from "../batch/BatchFigure.tsx";
import { CurveFigure } from "../results/CurveFigure.tsx";
import { FoldedFigure } from "../results/FoldedFigure.tsx";
import { KeyNumbers } from "../results/KeyNumbers.tsx";
import { LanguageBar } from "../results/LanguageBar.tsx";
import { LanguageFigure } from "../results/LanguageFigure.tsx";
import { MatrixFigure } from "../results/MatrixFigure.tsx";
import { CosineFigure } from "../map/CosineFigure.tsx";
import { DifferenceFigure } from "../compare/DifferenceFigure.tsx";
import { GroupsFigure } from "../compare/GroupsFigure.tsx";
import { OverlayFigure } from "../compare/OverlayFigure.tsx";
import { FinalFigure } from "../uncertainty/FinalFigure.tsx";
import { TryIt } from "../tryIt/TryIt.tsx";

export interface Tile {
  readonly id: string;
  readonly part: ReactNode;
  readonly wide?: boolean; // has a row for itself
}

export interface ViewLayout {
  readonly label: string;
  readonly noHeading?: true; // it is of no single run
  /** Fills the window, where the page has panes, without scrolling. */
  readonly first: readonly Tile[];
  /** Below, at their own heights. */
  readonly more?: readonly Tile[];
}

/** Fetched when it is first shown, with what it is made of. */
const RunsTable = lazyPart(async () => (await import("../runsTable/RunsTable.tsx")).RunsTable);

const AllRuns = () => (
  <Suspense fallback={<p>Loading …</p>}>
    <RunsTable />
  </Suspense>
);

const map: Tile = { id: "map", part: <CurveFigure of="map" /> };
const rankDistance: Tile = { id: "rankDistance", part: <CurveFigure of="rankDistance" /> };

export const VIEWS: Readonly<Record<StageView, ViewLayout>> = {
  watch: {
    label: "Watch",
    first: [
      { id: "numbers", part: <KeyNumbers />, wide: true },
      map,
      rankDistance,
      { id: "batch", part: <BatchFigure />, wide: true },
    ],
    more: [
      { id: "loss", part: <CurveFigure of="loss" /> },
      { id: "sameLanguage", part: <CurveFigure of="sameLanguage" /> },
      { id: "cuts", part: <CurveFigure of="cuts" />, wide: true },
      { id: "teacher", part: <AgreementFigure />, wide: true },
      {
        id: "mix",
        part: (
          <FoldedFigure
            id="results/mix"
            title="Mix of batches, as drawn"
            gist="shares of each kind, as they came out"
          >
            <CurveFigure of="mix" />
          </FoldedFigure>
        ),
        wide: true,
      },
      {
        id: "speed",
        part: (
          <FoldedFigure id="results/speed" title="Speed" gist="pairs and queries a second">
            <CurveFigure of="speed" />
          </FoldedFigure>
        ),
        wide: true,
      },
    ],
  },
  compare: {
    label: "Compare",
    first: [
      { id: "groups", part: <GroupsFigure />, wide: true },
      { id: "overlay", part: <OverlayFigure /> },
      { id: "difference", part: <DifferenceFigure /> },
    ],
  },
  table: {
    label: "All runs",
    noHeading: true,
    first: [{ id: "table", part: <AllRuns />, wide: true }],
  },
  try: {
    label: "Try it",
    first: [{ id: "try", part: <TryIt />, wide: true }],
  },
  languages: {
    label: "Languages",
    first: [
      { id: "find", part: <LanguageBar />, wide: true },
      { id: "matrix", part: <MatrixFigure /> },
      { id: "languages", part: <LanguageFigure /> },
      { id: "final", part: <FinalFigure />, wide: true },
      { id: "cosines", part: <CosineFigure />, wide: true },
    ],
  },
};
