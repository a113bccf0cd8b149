// What each part of an embed draws. Which there are: core/embed/embedView.ts; what they are called: share/embedChoices.ts.
import type { ReactNode } from "react";
import type { EmbedPart } from "../../core/embed/embedView.ts";
import { BatchFigure } from "../batch/BatchFigure.tsx";
import { useShown } from "../charts/shown.ts";
import { MixField } from "../form/MixField.tsx";
import { CurveFigure } from "../results/CurveFigure.tsx";
import { KeyNumbers } from "../results/KeyNumbers.tsx";
import { LanguageBar } from "../results/LanguageBar.tsx";
import { LanguageFigure } from "../results/LanguageFigure.tsx";
import { MatrixFigure } from "../results/MatrixFigure.tsx";
import { ExpectedCard } from "../share/ExpectedCard.tsx";
import { TryIt } from "../tryIt/TryIt.tsx";
import { Terms } from "../words/Terms.tsx";
import { EmbedTrain } from "./EmbedTrain.tsx";

interface EmbedTile {
  readonly element: ReactNode;
  readonly wide?: true; // has a row for itself
}

export const EMBED_TILES: Readonly<Record<EmbedPart, EmbedTile>> = {
  result: { element: <ExpectedCard keepsRuns={false} />, wide: true },
  mix: {
    element: (
      <section className="embed-mix" aria-label="Mix of batches">
        <MixField />
      </section>
    ),
    wide: true,
  },
  train: { element: <EmbedTrain />, wide: true },
  numbers: {
    element: (
      <div>
        <KeyNumbers />
        <Sample />
      </div>
    ),
    wide: true,
  },
  map: { element: <CurveFigure of="map" /> },
  rankDistance: { element: <CurveFigure of="rankDistance" /> },
  loss: { element: <CurveFigure of="loss" /> },
  sameLanguage: { element: <CurveFigure of="sameLanguage" /> },
  batch: { element: <BatchFigure />, wide: true },
  languages: {
    element: (
      <div className="embed-languages">
        <LanguageBar />
        <LanguageFigure />
      </div>
    ),
    wide: true,
  },
  matrix: { element: <MatrixFigure />, wide: true },
  try: { element: <TryIt />, wide: true },
};

/** What n is of the numbers above it, which have no chart's line for that. */
function Sample() {
  const { selected, ownSample } = useShown();
  if (!selected) return null;
  return (
    <p className="chart-sample">
      <Terms>{ownSample()}</Terms>
    </p>
  );
}
