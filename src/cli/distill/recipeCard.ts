// README.md of a model that a recipe made: what it was made of and how, with the log. Pure text.
import type { Recipe } from "../../core/distill/recipe.ts";
import type { Distilled } from "./runDistill.ts";

export function recipeCard(
  recipe: Recipe,
  { dataSha256, log }: Pick<Distilled, "dataSha256" | "log">,
): string {
  const data = Object.entries(dataSha256).map(([id, sha256]) => `| ${id} | ${sha256} |`);
  return `# ${recipe.name}

Made by \`npm run lab -- distill\` of Hybrid Batch Lab from this recipe:

\`\`\`json
${JSON.stringify(recipe, undefined, 2)}
\`\`\`

| dataset | sha256 of its content |
| --- | --- |
${data.join("\n")}

\`\`\`
${log.join("\n")}
\`\`\`
`;
}
