// The pictures that fit a study's design, drawn (studyPictures.ts).
import { startTransition, useEffect, useMemo, useState } from "react";
import { LineFigure } from "../charts/LineFigure.tsx";
import { MarksFigure } from "./figures/MarksFigure.tsx";
import { studyPictures, type PicturedStudy } from "./studyPictures.ts";

interface StudyFiguresProps extends PicturedStudy {
  readonly metric: string; // path
}

export function StudyFigures({ study, analysis, runs, metric }: StudyFiguresProps) {
  const pictures = useMemo(
    () => studyPictures({ study, analysis, runs }, metric),
    [study, analysis, runs, metric],
  );
  const drawn = useOneByOne(pictures.length);
  if (pictures.length === 0) return null;
  return (
    <div className="study-figures">
      {pictures
        .slice(0, drawn)
        .map((picture) =>
          picture.kind === "marks" ? (
            <MarksFigure key={picture.title} {...picture} />
          ) : (
            <LineFigure key={picture.title} {...picture} />
          ),
        )}
    </div>
  );
}

/** How many of n parts are drawn by now: all at once would let the page stand still. */
function useOneByOne(n: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn < n) startTransition(() => setDrawn(drawn + 1));
  }, [drawn, n]);
  return drawn;
}
