// The named starting points as cards, one of them chosen. Choosing one sets what it owns and leaves the rest of the form.
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { counted } from "../../core/counted.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { findPreset, formLabel, PRESETS, type Preset } from "../../core/spec/presets.ts";
import { changedPaths, draftStore } from "../../state/draftStore.ts";
import { isComing } from "../../state/awaitedData.ts";
import { datasetStore, lacks } from "../../state/datasetStore.ts";
import { DATA_ADDRESS } from "../../state/viewStore.ts";
import { Notice } from "../controls/Notice.tsx";
import { MixBar } from "./MixBar.tsx";
import { TimeEstimate } from "./TimeEstimate.tsx";

export function PresetCards() {
  const presetName = useStore(draftStore, (state) => state.presetName);
  const mixName = findPreset(presetName)?.lengthOf ?? presetName;
  const changed = useStore(draftStore, useShallow(changedPaths));
  const { resetAll } = draftStore.getState();
  const cards = (group: Preset["group"]) => (
    <div className="presets-cards">
      {PRESETS.filter((preset) => preset.group === group && !preset.lengthOf).map((preset) => (
        <PresetCard key={preset.name} preset={preset} chosen={preset.name === mixName} />
      ))}
    </div>
  );
  return (
    <fieldset className="presets">
      <legend className="form-title">Start from</legend>
      {cards("any")}
      <LengthChoice />
      <details className="advanced" open={findPreset(presetName)?.group === "paper" || undefined}>
        <summary>The paper’s experiment, in minutes</summary>
        {cards("paper")}
      </details>
      <MissingData />
      <TimeEstimate />
      {changed.length > 0 && (
        <p className="presets-changed">
          {counted(changed.length, "change")} to {formLabel(presetName)}:{" "}
          {changed
            .slice(0, 3)
            .map((path) => fieldAt(path).label.toLowerCase())
            .join(", ")}
          {changed.length > 3 && ", …"}{" "}
          <button type="button" className="linkButton" onClick={resetAll}>
            Reset all
          </button>
        </p>
      )}
    </fieldset>
  );
}

function PresetCard({ preset, chosen }: { preset: Preset; chosen: boolean }) {
  return (
    <label className="preset" title={preset.help}>
      <input
        type="radio"
        name="preset"
        checked={chosen}
        onChange={() => draftStore.getState().choosePreset(inLength(preset).name)}
      />
      <span className="preset-label">{preset.label}</span>
      <span className="preset-help">{firstSentence(preset.help)}</span>
      <MixBar ratio={preset.spec.batch.ratio} kinds={BATCH_KINDS} />
    </label>
  );
}

/** A card has room for one; all of it is its tooltip. */
const firstSentence = (text: string) => text.replace(/(?<=\.) .*$/, "");

/** The mix in the length that the form has, where there are two. */
function inLength(mix: Preset): Preset {
  const { steps, evalEvery } = draftStore.getState().spec;
  const other = PRESETS.find(({ lengthOf, spec }) => {
    return lengthOf === mix.name && spec.steps === steps && spec.evalEvery === evalEvery;
  });
  return other ?? mix;
}

const LENGTHS = [
  { name: "quickstart", words: "Quick" },
  { name: "hybrid", words: "Full" },
].flatMap(({ name, words }) => {
  const found = findPreset(name);
  return found ? [{ name, spec: found.spec, words: `${words}: ${counted(found.spec.steps, "step")}` }] : [];
});

/** Two lengths for every mix. */
function LengthChoice() {
  const steps = useStore(draftStore, (state) => state.spec.steps);
  const evalEvery = useStore(draftStore, (state) => state.spec.evalEvery);
  return (
    <div className="quickPicks" role="group" aria-label="Length">
      {LENGTHS.map(({ name, spec, words }) => (
        <button
          key={name}
          type="button"
          className="quickPick"
          aria-pressed={spec.steps === steps && spec.evalEvery === evalEvery}
          onClick={() => draftStore.getState().chooseLength(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** Of a preset that brings its own data: that this browser has none of it, and where to get it. */
function MissingData() {
  const preset = useStore(draftStore, (state) => findPreset(state.presetName));
  const trainId = useStore(draftStore, (state) => state.spec.data.train);
  const isMissing = useStore(datasetStore, (state) => lacks(trainId)(state) && !isComing(trainId)(state));
  const title = useStore(datasetStore, ({ catalog }) => catalog.find(({ id }) => id === trainId)?.title);
  if (!preset?.sets.includes("data.train") || !isMissing) return null;
  return (
    <Notice tone="info">
      <p>
        {preset.label} trains on {title ?? trainId}, which is not in this browser yet: download it on the{" "}
        <a href={DATA_ADDRESS}>Data page</a>, or drop its files under Data below.
      </p>
    </Notice>
  );
}
