// A distillation's recipe by the name of a shipped one or from a file. Checks nothing itself.
import { readFile } from "node:fs/promises";
import { parseRecipe } from "../../core/distill/parseRecipe.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import { RECIPES } from "../../core/distill/recipes.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { SpecError } from "../../core/inputError.ts";

/** @throws SpecError if there is no such recipe or file, or the file is no recipe */
export async function readRecipe(config: string): Promise<Recipe | VectorRecipe> {
  if (Object.hasOwn(RECIPES, config)) return RECIPES[config]!;
  const text = await readFile(config, "utf8").catch(() => {
    throw new SpecError(`distill: ${config} is neither a file nor one of ${Object.keys(RECIPES).join(", ")}`);
  });
  return parseRecipe(text, config);
}
