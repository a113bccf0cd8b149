// What a person chooses of an embed, in words: its parts, themes, widths, languages of numbers.
import { EMBED_THEMES, type EmbedPart, type EmbedTheme } from "../../core/embed/embedView.ts";

export const PART_NAMES: Readonly<Record<EmbedPart, string>> = {
  result: "Result of the link, to be checked",
  mix: "Mix of batches",
  train: "Train and Stop",
  numbers: "Key numbers",
  map: "mAP",
  rankDistance: "Rank distance",
  loss: "Loss",
  sameLanguage: "Same-language answers",
  batch: "This batch",
  languages: "Languages",
  matrix: "Language × language",
  try: "Try it",
};

const THEME_NAMES: Readonly<Record<EmbedTheme, string>> = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
};
export const THEME_OPTIONS = EMBED_THEMES.map((value) => ({ value, label: THEME_NAMES[value] }));

export const WIDTH_OPTIONS = ["full", "320", "600", "900"].map((value) => ({
  value,
  label: value === "full" ? "Full width" : `${value} px`,
}));

/** Others are written into the address by hand. */
const NUMBER_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt-BR", "ru", "tr", "ar-EG", "hi", "zh"];
const names = new Intl.DisplayNames(["en"], { type: "language" });
export const NUMBER_OPTIONS = NUMBER_LANGUAGES.map((tag) => ({
  value: tag,
  label: `${names.of(tag) ?? tag}: ${new Intl.NumberFormat(tag, { minimumFractionDigits: 1 }).format(1234.5)}`,
}));
