// The named starting points as cards, one of them chosen. Choosing one sets what it owns and leaves the rest of the form.
import { RotateCcw } from "lucide-react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { findPreset, PRESETS } from "../../core/spec/presets.ts";
import { changedPaths, draftStore } from "../../state/draftStore.ts";
import { Button } from "../controls/Button.tsx";
import { MixBar } from "./MixBar.tsx";

export function PresetCards() {
  const presetName = useStore(draftStore, (state) => state.presetName);
  const changed = useStore(draftStore, useShallow(changedPaths));
  const { choosePreset, resetAll } = draftStore.getState();
  return (
    <fieldset className="presets">
      <legend className="form-title">Start from</legend>
      <div className="presets-cards">
        {PRESETS.map((preset) => (
          <label key={preset.name} className="preset">
            <input
              type="radio"
              name="preset"
              checked={preset.name === presetName}
              onChange={() => choosePreset(preset.name)}
            />
            <span className="preset-label">{preset.label}</span>
            <span className="preset-help">{preset.help}</span>
            <MixBar ratio={preset.spec.batch.ratio} kinds={BATCH_KINDS} />
          </label>
        ))}
      </div>
      {changed.length > 0 && (
        <p className="presets-changed">
          <span>
            {changed.length === 1 ? "1 change" : `${changed.length} changes`} to{" "}
            {findPreset(presetName)?.label ?? presetName}:{" "}
            {changed
              .slice(0, 3)
              .map((path) => fieldAt(path).label.toLowerCase())
              .join(", ")}
            {changed.length > 3 && ", …"}
          </span>
          <Button look="quiet" icon={RotateCcw} onClick={resetAll}>
            Undo all
          </Button>
        </p>
      )}
    </fieldset>
  );
}
