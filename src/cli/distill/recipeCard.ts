// README.md of a model that a recipe made: how to use it, what it was made of and how, its log. Pure text; no result is
// in it that the log does not have.
import type { Recipe } from "../../core/distill/recipe.ts";
import type { Distilled } from "./runDistill.ts";

/** What the hub reads. */
export const CARD_HEADER = `---
library_name: sentence-transformers
license: cc-by-sa-4.0
tags:
  - sentence-similarity
  - multilingual
---`;

/** The sets of texts, their licences and hashes, and the recipe: the same chapters in every card. */
export function madeOf(manifests: Distilled["manifests"], recipe: { readonly name: string }): string {
  const rows = manifests.map(
    ({ title, licence, citation, sha256 }) =>
      `| ${title} | ${licence} | ${citation} | \`${sha256.slice(0, 12)}\` |`,
  );
  const table = ["| set | licence | citation | sha256 |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return `## Data

${table}

The weights are derived from these texts and carry their share-alike licence. No text is in them. Only training splits were
used; texts that XQuAD-R or the emoji test have too end the distillation, or are left out where they are short phrases.

## How it was made

\`npm run lab -- distill --config ${recipe.name}\` with this recipe:

\`\`\`json
${JSON.stringify(recipe, undefined, 2)}
\`\`\``;
}

/** Markdown with the header that the Hugging Face hub reads. */
export function recipeCard(
  name: string, // of the model: the recipe's, or its teacher's
  recipe: Recipe,
  { weights, manifests, log }: Pick<Distilled, "weights" | "manifests" | "log">,
): string {
  const { vocabSize, width, maxTokens } = weights.config;
  const kind = recipe.bitext
    ? "Texts of one meaning lie near each other across languages (strongly aligned)."
    : "Trained without a look at what is parallel: languages lie apart (weakly aligned), words still match words.";
  return `${CARD_HEADER}

# ${name}

A static multilingual encoder for experiments with batch mixes: a bag of ${vocabSize} pieces, ${width} wide, at most ${maxTokens}
pieces of a text, mean with fixed weights a / (a + share), unit length. ${kind}

In Python: \`SentenceTransformer("path/to/this/folder")\`; in the lab: encoder \`${name}\`. No prefixes.

<!-- results -->

${madeOf(manifests, recipe)}

\`dev\` is retrieval on held-out sentences: query = 3 to 9 pieces of a sentence, rare ones likelier, and up to ${recipe.batches.noise} of
another. Mo = same language, Cr = another, Mul = all languages, mAP.

\`\`\`
${log.join("\n")}
\`\`\`
`;
}
