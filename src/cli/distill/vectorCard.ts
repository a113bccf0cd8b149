// README.md of a bag that a published teacher's vectors made. Pure text; no result is in it that the log does not have.
import type { BagRecipe, VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import type { ModelWeights } from "../../training/model/weights.ts";
import { CARD_HEADER, madeOf } from "./recipeCard.ts";
import type { VectorPlan } from "./planVectors.ts";

export interface CardFacts {
  readonly weights: ModelWeights;
  readonly manifests: VectorPlan["manifests"];
  readonly teacherSha256: string;
  readonly madeBy: readonly string[];
  readonly log: readonly string[];
}

/** Markdown with the header that the Hugging Face hub reads. */
export function vectorCard(
  recipe: VectorRecipe & { readonly bag: BagRecipe },
  { weights, manifests, teacherSha256, madeBy, log }: CardFacts,
): string {
  const { vocabSize, width, maxTokens } = weights.config;
  const { teacher, bag, targets } = recipe;
  const kind =
    targets.pivot === null
      ? "Each text was drawn to the teacher's vector of itself: what that says of the text's language is kept (a biased start, on purpose)."
      : `Texts of one meaning lie near each other across languages: the means of language and kind are taken off, and the vector of the "${targets.pivot}" text joins each (an aligned start).`;
  return `${CARD_HEADER}

# ${recipe.name}

A static multilingual encoder for experiments with batch mixes: a bag of ${vocabSize} pieces, ${width} wide, at most ${maxTokens}
pieces of a text, the mean of its pieces' rows at unit length. Learned from the vectors of ${teacher.name}. ${kind}

In the lab: encoder \`${recipe.name}\`. No prefixes. The weights are whole numbers of 8 bits with a scale for each piece; for Python,
\`npm run lab -- export ${recipe.name} --to sentence-transformers --out DIR\` writes the same numbers as F32.

<!-- results -->

## Teacher

${teacher.name} (${teacher.licence}), weights with SHA-256 \`${teacherSha256}\`; its pieces and their vectors are where this
encoder begins. ${teacher.trainedOn} Vectors made by: ${madeBy.join("; ")}.

${madeOf(manifests, recipe)}

\`dev\` is retrieval on held-out sentences of ${bag.dev.set}: query = 3 to 9 pieces of a sentence, rare ones likelier, and up to
${bag.dev.noise} of another. Mo = same language, Cr = another, Mul = all languages, mAP. Step 0 is the start.

\`\`\`
${log.join("\n")}
\`\`\`
`;
}
