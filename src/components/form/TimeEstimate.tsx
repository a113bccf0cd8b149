// About how long the run on the form will take, in a sentence or two.
import { countText } from "../words/numberText.ts";
import { useIsPlayed, useTimeEstimate } from "./useTimeEstimate.ts";

export function TimeEstimate() {
  const estimate = useTimeEstimate();
  const isPlayed = useIsPlayed();
  if (!estimate)
    // Its room stays where nothing is known, or not yet.
    return (
      <p className="field-note timeEstimate">
        {isPlayed &&
          "How long is known after a first run: the processor plays WebGPU here, many times slower than WebAssembly."}
      </p>
    );
  const { total, isHere, reading, longest, mostSteps } = estimate;
  return (
    <p className="field-note timeEstimate">
      <b>About {total}</b>{" "}
      {`${isHere ? "here" : "on two processors, less on more or on a GPU"}; ${countText(mostSteps)} steps: ${longest}.`}
      {reading &&
        (reading.time === undefined
          ? ` Before that the teacher reads about ${countText(reading.texts)} texts: how fast is known after its first run.`
          : ` Of this the teacher reads about ${countText(reading.texts)} texts for ${reading.time}; less where it read them for an earlier run.`)}
    </p>
  );
}
