// The recipes of the encoders that a published teacher's vectors make. Chosen on held-out texts: docs/distill.md.
import type { BagRecipe, VectorRecipe, VectorSource } from "./vectorRecipe.ts";

/** The languages of XQuAD-R, and twelve of other scripts and fewer texts on which choices are looked at too. */
const XQUAD_R = ["en", "ar", "de", "el", "es", "hi", "ru", "th", "tr", "vi", "zh"];
const LOW = ["sw", "yo", "ha", "bn", "te", "ta", "ur", "am"];
const MORE =
  "fr it pt nl pl cs ro uk hu fi sv da nb id ms ja ko he bg fa mr km gu pa kn ml ne si my ka hy kk zu xh ig so";
const LANGUAGES = [...XQUAD_R, ...LOW, ...MORE.split(" ")];

const passages = (id: string): VectorSource => ({
  id,
  kind: "passage",
  languages: LANGUAGES,
  pivot: "required",
});
const queries = (id: string): VectorSource => ({ ...passages(id), kind: "query" });

const SOURCES: readonly VectorSource[] = [
  passages("ntrex-128"),
  passages("tico-19"),
  passages("tatoeba"),
  queries("mkqa"),
  queries("mintaka"),
  { ...queries("afriqa-questions"), pivot: "optional" }, // some of them were translated into French instead
];

const BAG: BagRecipe = {
  frequencyConstant: 1e-3,
  steps: 600,
  batchSize: 1024,
  learningRate: 2e-3,
  warmUp: 50,
  contrast: 0.1,
  temperature: 0.05,
  stop: { every: 100, patience: 3, metrics: ["map/mono", "map/cross"] },
  dev: { set: "ntrex-128", languages: [...XQUAD_R, ...LOW], noise: 3 },
};

export const DISTILLED_BAG: VectorRecipe = {
  kind: "vectors",
  name: "distilled-bag",
  seed: 1,
  teacher: {
    name: "multilingual-e5-small",
    local: "e5-small",
    licence: "MIT",
    trainedOn:
      "Its own training saw the questions and paragraphs of SQuAD's train part among others, by its card: what XQuAD-R asks in English is from SQuAD's dev part, but of the same kind.",
  },
  maxTokens: 160,
  sources: SOURCES,
  pieces: 29_000,
  targets: { centre: "language", pivot: "en" },
  bag: BAG,
};

/** The same texts and steps towards each text's own vector: what the teacher knows of a text's language stays in it. */
export const DISTILLED_BAG_RAW: VectorRecipe = {
  ...DISTILLED_BAG,
  name: "distilled-bag-raw",
  targets: { centre: "nothing", pivot: null },
};

/** Layers are trained by scripts/teacher, from what `--prepare` writes. */
export const DISTILLED_SMALL: VectorRecipe = {
  ...DISTILLED_BAG,
  name: "distilled-small",
  pieces: 24_000,
  bag: null,
};

export const DISTILLED_SMALL_RAW: VectorRecipe = {
  ...DISTILLED_SMALL,
  name: "distilled-small-raw",
  targets: DISTILLED_BAG_RAW.targets,
};
