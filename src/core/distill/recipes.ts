// The recipes of the models that the lab ships. Chosen on held-out texts: docs/distill.md has the figures.
import type { Recipe, Source } from "./recipe.ts";
import type { VectorRecipe } from "./vectorRecipe.ts";
import {
  DISTILLED_BAG_37K,
  DISTILLED_BAG,
  DISTILLED_BAG_RAW,
  DISTILLED_SMALL,
  DISTILLED_SMALL_RAW,
  DISTILLED_SMALL_SPREAD,
} from "./vectorRecipes.ts";

const SOURCES: readonly Source[] = [
  { id: "ntrex-128", use: "sentences", weight: 3, dropTestPhrases: true },
  { id: "tico-19", use: "sentences", weight: 3, dropTestPhrases: true },
  { id: "tatoeba", use: "sentences", weight: 1, dropTestPhrases: true },
  { id: "nusax", use: "sentences", weight: 0.3, dropTestPhrases: true },
  { id: "mkqa", use: "questions", weight: 1, dropTestPhrases: true },
  { id: "mintaka", use: "questions", weight: 0.5, dropTestPhrases: true },
  { id: "afriqa-questions", use: "questions", weight: 0.3, dropTestPhrases: true },
  { id: "afriqa", use: "pairs", weight: 1, dropTestPhrases: true },
  { id: "exams", use: "pairs", weight: 0.3, dropTestPhrases: true },
  { id: "cldr-emoji", use: "pairs", weight: 1, dropTestPhrases: true },
];

const TRAIN = { batchSize: 256, learningRate: 5e-4, decay: 0.4, temperature: 0.05 } as const;

/** Taught by the scores of a teacher of 2.4 times its width (docs/distill.md). */
export const DISTILLED_MINI: Recipe = {
  name: "distilled-mini",
  seed: 1,
  bitext: true,
  sources: SOURCES,
  languages: {
    boosted: ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"],
    boost: 4,
    englishBoost: 8,
  },
  frequencyConstant: 2e-3,
  alignment: { iterations: 5, minCount: 0.05, strength: 8 },
  batches: { monoShare: 0.5, fixedPassages: 0.5, noise: 6 },
  teacher: { ...TRAIN, width: 768, steps: 4000 },
  student: {
    ...TRAIN,
    learningRate: 1e-3,
    width: 320,
    steps: 6000,
    objective: "scores",
    teacherWeight: 1,
  },
};

/** The same texts, sizes and steps, without a teacher or a look at what is parallel: only parts of a text in its own language. */
export const DISTILLED_WEAK: Recipe = {
  ...DISTILLED_MINI,
  name: "distilled-weak",
  bitext: false,
  batches: { ...DISTILLED_MINI.batches, monoShare: 1 },
  student: { ...DISTILLED_MINI.student, objective: "start", teacherWeight: 0 },
};

const ALL = [
  DISTILLED_BAG_37K,
  DISTILLED_BAG,
  DISTILLED_BAG_RAW,
  DISTILLED_SMALL_SPREAD,
  DISTILLED_SMALL,
  DISTILLED_SMALL_RAW,
  DISTILLED_MINI,
  DISTILLED_WEAK,
];

/** By name. */
export const RECIPES: Readonly<Record<string, Recipe | VectorRecipe>> = Object.fromEntries(
  ALL.map((recipe) => [recipe.name, recipe]),
);
