// One of the curves, of the runs that are shown.
import { useState } from "react";
import { LineFigure } from "../charts/LineFigure.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { CURVES, type Curve, type CurveName } from "./curves.ts";
import { useShown } from "../charts/shown.ts";

export function CurveFigure({ of }: { readonly of: CurveName }) {
  const shown = useShown();
  const [chosen, setChosen] = useState("map/cross"); // what the mix moves most
  const { title, description, measures = [], series, sample, isFor, ...texts }: Curve = CURVES[of];
  if (isFor && !isFor(shown.runs)) return null;
  const several = shown.runs.length > 1;
  const measure = several ? measures.find(({ metric }) => metric === chosen) : undefined;
  return (
    <LineFigure
      title={title}
      description={description(several)}
      series={series(shown, measure)}
      sample={sample(shown)}
      controls={
        measure && (
          <Segmented
            label="Measure"
            value={chosen}
            onChange={setChosen}
            options={measures.map(({ metric, label }) => ({ value: metric, label }))}
          />
        )
      }
      {...texts}
      {...(shown.runs.some(({ detail }) => detail.state === "stored") && { empty: "Reading the points …" })}
      {...shown.steps}
    />
  );
}
