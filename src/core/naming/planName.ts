// What the form's settings are called before they train: by their preset, and by the rule that moves mix or weights where that is
// none of the preset's.
import { findPreset, formLabel } from "../spec/presets.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { mixText } from "./mixText.ts";
import { settingText } from "./settingText.ts";

/** "Hybrid", "Hybrid, ADO", "mono → cross, cosine", "Hybrid, loss weights over time: equal gradients (GradNorm)" */
export function planName(spec: ExperimentSpec, presetName: string): string {
  const preset = findPreset(presetName)?.spec;
  const name =
    spec.batch.schedule === (preset?.batch.schedule ?? "constant") ? formLabel(presetName) : mixText(spec);
  return spec.loss.weighting === (preset?.loss.weighting ?? "constant")
    ? name
    : `${name}, ${settingText("loss.weighting", spec)}`;
}
