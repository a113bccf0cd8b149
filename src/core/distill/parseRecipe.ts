// A distillation's recipe from JSON, checked. Reads no file.
import * as v from "valibot";
import { SpecError } from "../inputError.ts";
import { EVAL_METRICS } from "../metrics/metricTable.ts";
import type { Recipe } from "./recipe.ts";
import type { VectorRecipe } from "./vectorRecipe.ts";
import { issueText } from "../issueText.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0), v.finite());
const MOST_STEPS = 10_000_000;
const train = {
  width: v.pipe(count, v.maxValue(4096)),
  steps: v.pipe(count, v.maxValue(MOST_STEPS)),
  batchSize: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4096)),
  learningRate: positive,
  decay: share,
  temperature: positive,
};
const named = {
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][a-z0-9.-]*$/, "must be lower-case letters, digits, '.' and '-'"),
  ),
  seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
};
const recipeSchema = v.strictObject({
  ...named,
  bitext: v.boolean(),
  sources: v.pipe(
    v.array(
      v.strictObject({
        id: v.string(),
        use: v.picklist(["sentences", "questions", "pairs"]),
        weight: positive,
        dropTestPhrases: v.boolean(),
      }),
    ),
    v.minLength(1),
  ),
  languages: v.strictObject({ boosted: v.array(v.string()), boost: positive, englishBoost: positive }),
  frequencyConstant: positive,
  alignment: v.strictObject({
    iterations: count,
    minCount: v.pipe(v.number(), v.minValue(0)),
    strength: positive,
  }),
  batches: v.strictObject({
    monoShare: share,
    fixedPassages: share,
    noise: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  teacher: v.strictObject(train),
  student: v.strictObject({
    ...train,
    objective: v.picklist(["scores", "cosine", "mse", "start"]),
    teacherWeight: share,
  }),
});

const words = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const languages = v.pipe(v.array(words), v.minLength(1));
const vectorSchema = v.strictObject({
  kind: v.literal("vectors"),
  ...named,
  teacher: v.strictObject({ name: words, local: words, licence: words, trainedOn: words }),
  maxTokens: v.pipe(count, v.minValue(8), v.maxValue(4096)),
  languages: v.pipe(
    v.array(v.strictObject({ languages, pieces: positive, draw: share })),
    v.minLength(1),
    v.check((tiers) => tiers.some(({ draw }) => draw > 0), "must draw some of them"),
  ),
  sources: v.pipe(
    v.array(
      v.strictObject({
        id: words,
        kind: v.picklist(["query", "passage"]),
        pivot: v.picklist(["required", "optional"]),
      }),
    ),
    v.minLength(1),
  ),
  pieces: v.pipe(count, v.maxValue(1_000_000)),
  targets: v.strictObject({
    centre: v.picklist(["language", "all", "nothing"]),
    pivot: v.nullable(words),
    together: v.optional(v.pipe(v.number(), v.minValue(0), v.finite()), 0),
  }),
  bag: v.nullable(
    v.strictObject({
      startCentre: v.optional(v.picklist(["language", "all"]), "all"),
      frequencyConstant: positive,
      steps: train.steps,
      batchSize: train.batchSize,
      learningRate: positive,
      warmUp: count,
      contrast: v.pipe(v.number(), v.minValue(0), v.finite()),
      temperature: positive,
      stop: v.strictObject({
        every: count,
        patience: count,
        metrics: v.pipe(v.array(v.picklist(EVAL_METRICS.map(({ path }) => path))), v.minLength(1)),
      }),
      dev: v.strictObject({
        set: words,
        languages,
        noise: v.pipe(v.number(), v.integer(), v.minValue(0)),
      }),
      finish: v.optional(
        v.nullable(
          v.strictObject({
            spread: share,
            lengths: share,
            width: v.optional(v.nullable(train.width), null),
          }),
        ),
        null,
      ),
    }),
  ),
  layers: v.optional(
    v.nullable(
      v.pipe(
        v.strictObject({
          kept: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1)),
          begin: v.nullable(words),
          towards: v.picklist(["states", "targets"]),
          maxTokens: v.pipe(count, v.minValue(8), v.maxValue(128)),
          texts: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_STEPS)),
          batchSize: train.batchSize,
          learningRate: positive,
          warmUp: count,
          weightDecay: share,
          contrast: v.pipe(v.number(), v.minValue(0), v.finite()),
          temperature: positive,
          finish: v.optional(v.nullable(v.strictObject({ texts: count, spread: share })), null),
        }),
        v.forward(
          v.check(
            ({ texts, finish }) => texts > 0 || finish !== null,
            "must be at least 1 where nothing finishes the layers",
          ),
          ["texts"],
        ),
      ),
    ),
    null,
  ),
});

/** @throws SpecError naming `where`, the field and what it must be */
export function parseRecipe(text: string, where: string): Recipe | VectorRecipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SpecError(`${where} is no JSON`);
  }
  if (typeof value === "object" && value !== null && "kind" in value)
    return parsed(vectorSchema, value, where);
  const recipe = parsed(recipeSchema, value, where);
  const { teacher, student } = recipe;
  const vectors = student.objective === "cosine" || student.objective === "mse";
  if (vectors && teacher.width !== student.width) {
    throw new SpecError(
      `${where}: student.objective "${student.objective}" compares vectors, so both widths must be equal`,
    );
  }
  return recipe;
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, where: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new SpecError(`${where}: ${v.getDotPath(issue) ?? "the recipe"}: ${issueText(issue)}`);
}
