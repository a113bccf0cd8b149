// The recipes of the encoders that a published teacher's vectors make. Chosen on held-out texts: docs/distill.md.
import type {
  BagRecipe,
  LanguageTier,
  LayersRecipe,
  TargetRecipe,
  VectorRecipe,
  VectorSource,
} from "./vectorRecipe.ts";

/** The languages of XQuAD-R, and eight of other scripts and fewer texts on which choices are looked at too. */
const XQUAD_R = ["en", "ar", "de", "el", "es", "hi", "ru", "th", "tr", "vi", "zh"];
const LOW = ["sw", "yo", "ha", "bn", "te", "ta", "ur", "am"];
const MORE = "fr it pt nl pl cs ro uk hu fi sv da nb id ms ja ko he bg fa mr".split(" ");
const REST = "km gu pa kn ml ne si my ka hy kk zu xh ig so".split(" ");

const LANGUAGES: readonly LanguageTier[] = [
  { languages: XQUAD_R, pieces: 1, draw: 1 },
  { languages: LOW, pieces: 0.6, draw: 0.4 },
  { languages: MORE, pieces: 0.35, draw: 0.2 },
  { languages: REST, pieces: 0.12, draw: 0.1 },
];

const SOURCES: readonly VectorSource[] = [
  { id: "ntrex-128", kind: "passage", pivot: "required" },
  { id: "tico-19", kind: "passage", pivot: "required" },
  { id: "tatoeba", kind: "passage", pivot: "required" },
  { id: "mkqa", kind: "query", pivot: "required" },
  { id: "mintaka", kind: "query", pivot: "required" },
  { id: "afriqa-questions", kind: "query", pivot: "optional" }, // some were translated into French instead
];

const BAG: BagRecipe = {
  startCentre: "all",
  frequencyConstant: 1e-3,
  steps: 450,
  batchSize: 1024,
  learningRate: 4e-3,
  warmUp: 50,
  contrast: 1,
  temperature: 0.07,
  stop: { every: 50, patience: 3, metrics: ["map/mono", "map/cross"] },
  dev: { set: "ntrex-128", languages: [...XQUAD_R, ...LOW], noise: 3 },
  finish: { spread: 0.5, lengths: 0.8, width: null },
};

const ALIGNED: TargetRecipe = { centre: "language", pivot: "en", together: 0 };

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
  languages: LANGUAGES,
  sources: SOURCES,
  pieces: 28_000,
  targets: { ...ALIGNED, together: 1 },
  bag: BAG,
  layers: null,
};

/** Pieces and draws of the tiers above, in their order: more for the first one. */
const NEARER = [
  { pieces: 1, draw: 1 },
  { pieces: 0.4, draw: 0.3 },
  { pieces: 0.15, draw: 0.1 },
  { pieces: 0.05, draw: 0.05 },
];

/** More pieces in fewer directions, as many bytes: better than `distilled-bag` in all that was asked. */
export const DISTILLED_BAG_37K: VectorRecipe = {
  ...DISTILLED_BAG,
  name: "distilled-bag-37k",
  languages: LANGUAGES.map((tier, t) => ({ ...tier, ...NEARER[t]! })),
  pieces: 37_000,
  bag: {
    ...BAG,
    startCentre: "language",
    frequencyConstant: 2e-3,
    steps: 600,
    learningRate: 5e-3,
    contrast: 1.3,
    temperature: 0.09,
    finish: { spread: 0.6, lengths: 0.7, width: 288 },
  },
};

/** The texts and steps of `distilled-bag` towards each text's own vector: what the teacher knows of a text's language stays in it. */
export const DISTILLED_BAG_RAW: VectorRecipe = {
  ...DISTILLED_BAG,
  name: "distilled-bag-raw",
  targets: { centre: "all", pivot: null, together: 0 },
  bag: { ...BAG, steps: 220, learningRate: 2e-3, contrast: 0.1, temperature: 0.05 },
};

/** Five layers that say of each piece what the teacher says: they know its order of words, and keep its bias. */
const STATES: LayersRecipe = {
  kept: [0, 3, 6, 9, 11],
  begin: null,
  towards: "states",
  maxTokens: 64,
  texts: 300_000,
  batchSize: 128,
  learningRate: 4e-4,
  warmUp: 100,
  weightDecay: 0.01,
  contrast: 0.2,
  temperature: 0.05,
  finish: null,
};

export const DISTILLED_SMALL_RAW: VectorRecipe = {
  ...DISTILLED_BAG,
  name: "distilled-small-raw",
  pieces: 24_000,
  targets: DISTILLED_BAG_RAW.targets,
  bag: null,
  layers: STATES,
};

/** Those layers, drawn on to where a sentence's translations are. */
export const DISTILLED_SMALL: VectorRecipe = {
  ...DISTILLED_SMALL_RAW,
  name: "distilled-small",
  targets: ALIGNED,
  layers: {
    ...STATES,
    begin: DISTILLED_SMALL_RAW.name,
    towards: "targets",
    texts: 120_000,
    batchSize: 256,
    learningRate: 2e-4,
    contrast: 1,
    temperature: 0.07,
  },
};

/** The same layers, and behind their mean a matrix: directions in which translations differ say less, and so do a few strong ones. */
export const DISTILLED_SMALL_SPREAD: VectorRecipe = {
  ...DISTILLED_SMALL,
  name: "distilled-small-spread",
  layers: {
    ...DISTILLED_SMALL.layers!,
    begin: DISTILLED_SMALL.name,
    texts: 0,
    finish: { texts: 16_000, spread: 0.2 },
  },
};
