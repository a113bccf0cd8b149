// README.md of a student that a published teacher's vectors made. Pure text; no result is in it that the log does not have.
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
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

const FINISHED =
  " After the last step the\nstrengths of the rows' directions were made more equal, and long rows shorter (`finish`).";

const TURNED =
  " Behind the mean stands a matrix: the directions\nin which translations of one text differ most say less there (`finish`).";

/** Markdown with the header that the Hugging Face hub reads. */
export function vectorCard(
  recipe: VectorRecipe,
  { weights, manifests, teacherSha256, madeBy, log }: CardFacts,
): string {
  const { vocabSize, width, maxTokens, layers: depth } = weights.config;
  const { teacher, bag, layers, targets } = recipe;
  const what = bag
    ? `A static multilingual encoder for experiments with batch mixes: a bag of ${vocabSize} pieces, ${width} wide, at most ${maxTokens}
pieces of a text, the mean of its pieces' rows at unit length.`
    : `A small multilingual encoder for experiments with batch mixes: a BERT of ${depth} layers, ${width} wide, on ${vocabSize} pieces,
at most ${maxTokens} of a text, the mean of its states${layers?.finish ? ", turned by one matrix," : ""} at unit length.`;
  const how = bag
    ? `\`dev\` is retrieval on held-out sentences of ${bag.dev.set}: query = 3 to 9 pieces of a sentence, rare ones likelier, and up to
${bag.dev.noise} of another. Mo = same language, Cr = another, Mul = all languages, mAP. Step 0 is the start.${bag.finish ? FINISHED : ""}`
    : `Trained in PyTorch by \`scripts/teacher/layers.py\` from what \`npm run lab -- distill --config ${recipe.name} --prepare DIR\` writes, because
the lab's own engine would take days; read by \`… --layers OUT\`. The same machine, threads and versions give the same bits; others do not,
since sums run in another order there. Losses are means of 25 steps.${layers?.finish ? TURNED : ""}`;
  const together = targets.together > 0 ? ", and then the middle of all texts of that meaning" : "";
  const kind =
    layers?.towards === "states"
      ? "Each piece's state was drawn to the teacher's state of it, and their mean to the teacher's vector: what that says of the text's language is kept (a biased start, on purpose)."
      : targets.pivot === null
        ? "Each text was drawn to the teacher's vector of itself: what that says of the text's language is kept (a biased start, on purpose)."
        : `Texts of one meaning lie near each other across languages: the means of language and kind are taken off, and the vector of the "${targets.pivot}" text joins each${together} (an aligned start).`;
  return `${CARD_HEADER}

# ${recipe.name}

${what} Learned from ${teacher.name}. ${kind}

In the lab: encoder \`${recipe.name}\`. No prefixes. The weights are whole numbers of 8 bits with a scale for each piece; for Python,
\`npm run lab -- export ${recipe.name} --to sentence-transformers --out DIR\` writes the same numbers as F32.

<!-- results -->

## Teacher

${teacher.name} (${teacher.licence}), weights with SHA-256 \`${teacherSha256}\`; its pieces are where this encoder
begins. ${teacher.trainedOn} Made by: ${madeBy.join("; ")}.

${madeOf(manifests, recipe)}

${how}

\`\`\`
${log.join("\n")}
\`\`\`
`;
}
