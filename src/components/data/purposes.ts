// What a dataset is good for, in a sentence.
import type { CatalogEntry } from "../../core/data/catalog.ts";

export const PURPOSES: Readonly<Record<CatalogEntry["purpose"], string>> = {
  "train pairs": "Pairs to train on and to test with.",
  "zero-shot test": "Made for testing encoders that never trained on it.",
  bitext: "Translations, sentence by sentence: for aligning languages.",
};
