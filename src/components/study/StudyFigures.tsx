// The pictures that fit a study's design, drawn (studyPictures.ts).
import { useMemo } from "react";
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
  if (pictures.length === 0) return null;
  return (
    <div className="study-figures">
      {pictures.map((picture) =>
        picture.kind === "marks" ? (
          <MarksFigure key={picture.title} {...picture} />
        ) : (
          <LineFigure key={picture.title} {...picture} />
        ),
      )}
    </div>
  );
}
