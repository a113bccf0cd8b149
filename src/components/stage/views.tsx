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
import { FinalFigure } from "../uncertainty/FinalFigure.tsx";

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

/** What is no part of the first load: fetched when it is first shown, with what it is made of. */
const RunsTable = lazyPart(async () => (await import("../runsTable/RunsTable.tsx")).RunsTable);
const GroupsFigure = lazyPart(async () => (await loadGroups()).GroupsFigure);
const OverlayFigure = lazyPart(async () => (await loadOverlay()).OverlayFigure);
const DifferenceFigure = lazyPart(async () => (await loadDifference()).DifferenceFigure);
const CosineFigure = lazyPart(async () => (await loadCosines()).CosineFigure);
const TryIt = lazyPart(async () => (await loadTryIt()).TryIt);
const loadGroups = () => import("../compare/GroupsFigure.tsx");
const loadOverlay = () => import("../compare/OverlayFigure.tsx");
const loadDifference = () => import("../compare/DifferenceFigure.tsx");
const loadCosines = () => import("../map/CosineFigure.tsx");
const loadTryIt = () => import("../tryIt/TryIt.tsx");
/** What everybody comes to see: it is here before the network may be gone. */
export const LATER_PARTS = [loadGroups, loadOverlay, loadDifference, loadCosines, loadTryIt];

const StudyView = lazyPart(async () => (await import("../study/StudyView.tsx")).StudyView);
const MixDrive = lazyPart(async () => (await import("../rules/MixDrive.tsx")).MixDrive);

const BaselineTable = lazyPart(async () => (await import("../results/BaselineTable.tsx")).BaselineTable);

/** In every view that has an evaluation's numbers. */
const baselines: Tile = {
  id: "baselines",
  part: (
    <FoldedFigure id="results/baselines" title="Baselines" gist="BM25, and language means subtracted">
      <BaselineTable />
    </FoldedFigure>
  ),
  wide: true,
};

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
      baselines,
      { id: "teacher", part: <AgreementFigure />, wide: true },
      {
        id: "mix",
        part: (
          <FoldedFigure
            id="results/mix"
            title="Mix of batches: asked and drawn"
            gist="shares of each kind over the steps; moved by hand while it trains"
          >
            <CurveFigure of="mix" />
            <CurveFigure of="weights" />
            <Suspense>
              <MixDrive />
            </Suspense>
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
    more: [baselines],
  },
  table: {
    label: "All runs",
    noHeading: true,
    first: [{ id: "table", part: <RunsTable />, wide: true }],
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
      baselines,
      { id: "cosines", part: <CosineFigure />, wide: true },
    ],
  },
  study: {
    label: "Study",
    noHeading: true,
    first: [{ id: "study", part: <StudyView />, wide: true }],
  },
};
