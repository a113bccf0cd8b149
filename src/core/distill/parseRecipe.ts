// A distillation's recipe from JSON, checked. Reads no file.
import * as v from "valibot";
import { SpecError } from "../inputError.ts";
import type { Recipe } from "./recipe.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0), v.finite());
const train = {
  width: v.pipe(count, v.maxValue(4096)),
  steps: v.pipe(count, v.maxValue(10_000_000)),
  batchSize: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(4096)),
  learningRate: positive,
  decay: share,
  temperature: positive,
};
const recipeSchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9][a-z0-9.-]*$/, "must be lower-case letters, digits, '.' and '-'"),
  ),
  seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
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

/** @throws SpecError naming `where`, the field and what it must be */
export function parseRecipe(text: string, where: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SpecError(`${where} is no JSON`);
  }
  const parsed = v.safeParse(recipeSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new SpecError(`${where}: ${v.getDotPath(issue) ?? "the recipe"}: ${issue.message}`);
  }
  const { teacher, student } = parsed.output;
  const vectors = student.objective === "cosine" || student.objective === "mse";
  if (vectors && teacher.width !== student.width) {
    throw new SpecError(
      `${where}: student.objective "${student.objective}" compares vectors, so both widths must be equal`,
    );
  }
  return parsed.output;
}
