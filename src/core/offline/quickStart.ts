// What the quick start reads: the run that one visit makes possible without a network.
import { DEFAULT_PRESET } from "../spec/presets.ts";
import type { RunNeeds } from "./pageFiles.ts";

const { languages, data, encoder } = DEFAULT_PRESET.spec;

export const QUICK_START: RunNeeds = {
  encoder: encoder.id,
  dataset: data.train,
  languages: [...new Set([...Object.keys(languages.train), ...languages.eval, ...languages.heldOut])],
};
