// A distillation's recipe by the name of a shipped one or from a file. Checks nothing itself.
import { parseRecipe } from "../../core/distill/parseRecipe.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import { RECIPES } from "../../core/distill/recipes.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { givenText } from "../../core/formats/givenText.ts";
import { readGiven } from "../files/readGiven.ts";

/** @throws SpecError if there is no such recipe or file, or the file is no recipe */
export async function readRecipe(config: string): Promise<Recipe | VectorRecipe> {
  if (Object.hasOwn(RECIPES, config)) return RECIPES[config]!;
  const bytes = await readGiven(config, `a recipe's file or one of ${Object.keys(RECIPES).join(", ")}`);
  return parseRecipe(givenText(bytes, config), config);
}
