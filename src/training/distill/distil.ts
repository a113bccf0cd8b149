// The whole recipe, stage after stage: align, train the teacher, train the student. Reads and writes no file itself.
import type { Random } from "../../core/random.ts";
import { createModel } from "../model/model.ts";
import { TOKEN_WEIGHTS, WORD_EMBEDDINGS, type EncoderConfig } from "../model/encoderConfig.ts";
import type { Checkpoint, ModelWeights } from "../model/weights.ts";
import { createBatchPairs } from "./batchPairs.ts";
import { inverseFrequency } from "./pieceWeights.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import { directions, startVectors } from "./startVectors.ts";
import type { TextStore } from "./textGroups.ts";
import { trainTable, type StageStep, type Teaching } from "./trainTable.ts";
import { findTranslations, type Translations } from "./translations.ts";

export type StageName = "teacher" | "student";

export interface DistilInput {
  readonly recipe: Recipe;
  readonly store: TextStore; // texts to train on
  readonly shares: Float64Array; // (V) of pieces in text: pieceShares
  readonly maxTokens: number;
  readonly random: Random;
}

export type DistilEvent =
  | { readonly type: "align"; readonly done: number; readonly total: number } // languages
  | { readonly type: "translations"; readonly translations: Translations }
  /** Before the first step of a stage that does not go on from a checkpoint. */
  | { readonly type: "start"; readonly stage: StageName; readonly weights: ModelWeights }
  | ({ readonly type: "step"; readonly stage: StageName } & StageStep)
  | { readonly type: "done"; readonly stage: StageName; readonly weights: ModelWeights };

/** Where to go on; nothing for a fresh start. A finished teacher is a checkpoint at its last step. */
export interface DistilState {
  readonly translations?: Translations | undefined;
  readonly teacher?: Checkpoint | undefined;
  readonly student?: Checkpoint | undefined;
}

/** Without a teacher (`objective: "start"`) the student is trained as a teacher would be. */
export async function* distil(input: DistilInput, state: DistilState): AsyncGenerator<DistilEvent> {
  const { recipe, store, shares } = input;
  let translations = state.translations;
  if (recipe.bitext && !translations) {
    const finding = findTranslations(store, recipe, shares.length);
    let found = finding.next();
    for (; !found.done; found = finding.next()) yield { type: "align", ...found.value };
    translations = found.value;
    yield { type: "translations", translations };
  }
  const taught = recipe.student.objective !== "start";
  let teacher: ModelWeights | undefined;
  if (taught) {
    const start = state.teacher ?? (yield* startOf(input, "teacher", translations));
    teacher = yield* runStage(input, "teacher", start);
  }
  const start = state.student ?? (yield* startOf(input, "student", translations));
  yield* runStage(input, "student", start, teacher);
}

async function* runStage(
  { recipe, store, shares, random }: DistilInput,
  stage: StageName,
  start: ModelWeights | Checkpoint,
  teacher?: ModelWeights,
): AsyncGenerator<DistilEvent, ModelWeights> {
  const own = recipe[stage];
  const batches = createBatchPairs(store, recipe, shares, random.fork("batches").fork(stage));
  const teaching = teacher && teachingOf(recipe, teacher);
  let weights: ModelWeights | undefined;
  try {
    for await (const told of trainTable({ recipe: own, batches, start, ...(teaching && { teaching }) })) {
      yield { type: "step", stage, ...told };
      if (told.step === own.steps) weights = await told.model.weights();
    }
  } finally {
    teaching?.model.dispose();
  }
  weights ??= "steps" in start ? start.weights : start; // it was finished before
  yield { type: "done", stage, weights };
  return weights;
}

function teachingOf({ student }: Recipe, teacher: ModelWeights): Teaching {
  if (student.objective === "start")
    throw new RangeError("distil: a student that starts alone has no teacher");
  const { objective: kind, teacherWeight: weight, temperature } = student;
  return { model: createModel(teacher), kind, weight, temperature };
}

/** A bag of pieces whose token weights stay: trained, they would fit the few texts there are (docs/distill.md). */
export function stageConfig(
  { recipe, shares, maxTokens }: Pick<DistilInput, "recipe" | "shares" | "maxTokens">,
  stage: StageName,
): EncoderConfig {
  return {
    vocabSize: shares.length,
    width: recipe[stage].width,
    layers: 0,
    heads: 1,
    feedForward: 1,
    maxTokens,
    pooling: "mean",
    tokenWeights: "inverseFrequency",
    frozen: "tokenWeights",
  };
}

/** Aligned start vectors, or random directions where translations may not be looked at. */
function* startOf(
  input: DistilInput,
  stage: StageName,
  translations: Translations | undefined,
): Generator<DistilEvent, ModelWeights> {
  const { recipe, shares } = input;
  const { width } = recipe[stage];
  const tokenWeights = inverseFrequency(shares, recipe.frequencyConstant);
  const { strength } = recipe.alignment;
  const random = input.random.fork("init");
  const table = translations
    ? startVectors(translations, tokenWeights, { width, strength, random })
    : directions(shares.length, width, random);
  const weights: ModelWeights = {
    config: stageConfig(input, stage),
    tensors: {
      [WORD_EMBEDDINGS]: { shape: [shares.length, width], data: table },
      [TOKEN_WEIGHTS]: { shape: [shares.length], data: tokenWeights },
    },
  };
  yield { type: "start", stage, weights };
  return weights;
}
