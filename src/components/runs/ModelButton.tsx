// The button that saves the model of the last run, how its numbers are stored, and one line on how that went.
import { Download } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { MODEL_DTYPES, type ModelDtype } from "../../core/export/modelDtypes.ts";
import { packStore } from "../../state/packStore.ts";
import { detailOf, isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { saveFile } from "../controls/saveFile.ts";
import { Button } from "../controls/Button.tsx";

export function ModelButton({ run }: { readonly run: Run }) {
  const held = useStore(runStore, (state) => state.weightsId === run.id);
  const packing = useStore(packStore, (state) => state.packing === run.id);
  const outcome = useStore(packStore, (state) =>
    state.outcome?.runId === run.id ? state.outcome : undefined,
  );
  const [dtype, setDtype] = useState<ModelDtype>("F32");
  const ready = held && !isGoing(run) && detailOf(run).record !== undefined;
  const why = ready
    ? `Save the trained model as a folder for ${MODEL_DTYPES[dtype].python ? "sentence-transformers and " : ""}this lab`
    : isGoing(run)
      ? "The model is complete when the run has ended; stop it to have it now"
      : "Only the last run of this visit still has its weights: load its settings and train again";
  const save = async () => {
    const packed = await packStore.getState().pack(run, window.location.href, dtype);
    if (packed) saveFile(packed.name, "application/zip", packed.zip);
  };
  return (
    <>
      <Button icon={Download} inactive={!ready || packing} title={why} onClick={() => void save()}>
        {packing ? "Packing…" : "Download model"}
      </Button>
      {(ready || isGoing(run)) && (
        <select
          disabled={!ready}
          className="select"
          aria-label="Numbers of the model are stored as"
          value={dtype}
          onChange={({ target }) => setDtype(target.value as ModelDtype)} // of the options below
        >
          {Object.entries(MODEL_DTYPES).map(([name, { title }]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      )}
      <p className="runItem-outcome" role="status" data-failed={outcome?.failed || undefined}>
        {outcome
          ? outcome.failed
            ? `The model could not be saved: ${outcome.message}`
            : outcome.message
          : ""}
      </p>
    </>
  );
}
