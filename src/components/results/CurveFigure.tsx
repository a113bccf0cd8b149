// One of the curves, of the runs that are shown.
import { LineFigure } from "../charts/LineFigure.tsx";
import { CURVES, type Curve, type CurveName } from "./curves.ts";
import { useShown } from "../charts/shown.ts";

export function CurveFigure({ of }: { readonly of: CurveName }) {
  const shown = useShown();
  const { title, description, series, sample, isFor, ...texts }: Curve = CURVES[of];
  if (isFor && !isFor(shown.runs)) return null;
  return (
    <LineFigure
      title={title}
      description={description(shown.runs.length > 1)}
      series={series(shown)}
      sample={sample(shown)}
      {...texts}
      {...shown.steps}
    />
  );
}
