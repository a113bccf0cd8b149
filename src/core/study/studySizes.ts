// What the sizes of a built-in study share: data, languages, encoder, steps, seeds. A data table. What the default encoder is
// stands in the fields' own table; only a size that needs another one names it.
import type { SpecChanges } from "../spec/spec.ts";

export type StudySize = "classroom" | "laptop" | "full";
export const STUDY_SIZES: readonly StudySize[] = ["classroom", "laptop", "full"];

export interface Shape {
  readonly layers: number;
  readonly width: number;
  readonly feedForward: number;
}

export interface Setting {
  readonly spec: SpecChanges;
  readonly seeds: number;
  /** Minutes on the wall by runs, two beside each other on two cores, all included; left out where none was measured. */
  readonly minutesARun?: number;
  /** Of the encoder, where time is told by arithmetic (sizeCost.ts). */
  readonly shape?: Shape;
  /** Where the data cannot be asked for the study's own measure. */
  readonly primary?: string;
  /** What its data cannot say, or how they are to be read. */
  readonly limit?: string;
}

const even = (langs: readonly string[]) => Object.fromEntries(langs.map((lang) => [lang, 1]));

const PAPER_LANGUAGES = ["en", "ar", "zh", "de", "es", "ru", "th", "tr", "hi"];
/** The languages of XQuAD-R. */
export const ELEVEN = [...PAPER_LANGUAGES, "el", "vi"];

/** Joshi classes 3 to 5 and 0 to 2, each with languages that are trained on and others that are only tested. */
export const HIGH_AND_LOW = {
  trained: { high: ["en", "ar", "zh", "de", "es", "ru", "tr", "hi"], low: ["sw", "yo", "am", "ne"] },
  heldOut: { high: ["el", "vi", "ko", "fi"], low: ["zu", "ha", "km", "is"] },
} as const;

const { trained, heldOut } = HIGH_AND_LOW;
const highAndLow: SpecChanges = {
  "languages.train": even([...trained.high, ...trained.low]),
  "languages.heldOut": [...heldOut.high, ...heldOut.low],
};

const startAndEnd: SpecChanges = { evalEvery: 0 };
const classroom: SpecChanges = {
  ...startAndEnd,
  "data.train": "cldr-emoji",
  "data.eval": "same",
  steps: 200,
};
/** On dev the best of three or five rates for cross-lingual batches and the hybrid; ten times as high, training makes the start worse. */
const onSentences: SpecChanges = { ...classroom, "optimizer.learningRate": 0.001 };
const onXquad: SpecChanges = { ...onSentences, "data.train": "xquad-r" };

/** XLM-R's size: a GPU's work, by `lab sweep` there or by a project that `lab export` writes. */
const large: SpecChanges = {
  ...startAndEnd,
  "encoder.id": "hf:FacebookAI/xlm-roberta-base",
  "encoder.maxTokens": 128,
  "optimizer.learningRate": 3e-5,
  "optimizer.warmup": 200,
  "batch.size": 64,
  steps: 2000,
};
/** XLM-R and LaBSE, base. */
const BASE: Shape = { layers: 12, width: 768, feedForward: 3072 };
const MARCO = even(["ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh"]);
const marco = (test: string, heldOut: readonly string[], asked: readonly string[]): SpecChanges => ({
  ...large,
  "data.train": "mmarco",
  "data.eval": test,
  "languages.train": MARCO,
  "languages.heldOut": heldOut,
  "languages.eval": asked,
});

const NO_LOW = "XQuAD-R has no language of classes 0 to 2: nothing is said of low-resource languages.";

export const SETTINGS = {
  emoji: { spec: classroom, seeds: 6, minutesARun: 0.03 },
  emojiHighAndLow: { spec: { ...classroom, ...highAndLow }, seeds: 6, minutesARun: 0.04 },
  xquad: { spec: onXquad, seeds: 10, minutesARun: 0.04, limit: NO_LOW },
  ntrex: {
    spec: { ...onSentences, ...highAndLow, "data.train": "ntrex-128" },
    seeds: 10,
    limit:
      "It is asked of translations, where a text in its own language finds itself: only pairs of languages say something.",
  },
  xquadLarge: {
    spec: { ...large, "data.train": "xquad-r", "data.eval": "same" },
    seeds: 10,
    shape: BASE,
    limit: NO_LOW,
  },
  belebele: {
    spec: marco(
      "belebele",
      ["sw", "yo", "am", "ne", "zu", "ha", "km", "is", "el", "fi", "tr", "th"],
      [
        "en",
        "ar",
        "zh",
        "de",
        "es",
        "ru",
        "hi",
        "vi",
        "sw",
        "yo",
        "am",
        "ne",
        "zu",
        "ha",
        "km",
        "is",
        "el",
        "fi",
        "tr",
        "th",
      ],
    ),
    seeds: 10,
    shape: BASE,
  },
  miracl: {
    spec: marco(
      "miracl",
      ["bn", "fa", "fi", "ko", "sw", "te", "th"],
      ["ar", "bn", "en", "es", "fa", "fi", "fr", "hi", "id", "ja", "ko", "ru", "sw", "te", "th", "zh"],
    ),
    seeds: 10,
    shape: BASE,
    primary: "ndcg@10/mono", // its passages are in the question's language
  },
} satisfies Record<string, Setting>;
