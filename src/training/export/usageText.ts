// How a folder that the lab gave away is used, for its README: in Python and here, and what its storage costs. Pure text.
import { wholeText } from "../../core/numbersIn.ts";
import { dtypeSentence, MODEL_DTYPES, type ModelDtype } from "../../core/export/modelDtypes.ts";

export interface UsageFacts {
  readonly prefixes: { readonly query: string; readonly passage: string };
  readonly pieces: number; // in the vocabulary
  readonly fullPieces: number; // in the tokenizer it began with
  readonly dtype: ModelDtype;
}

/** A section of Markdown. */
export function usageText({ prefixes, pieces, fullPieces, dtype }: UsageFacts): string {
  const trimmed =
    pieces < fullPieces
      ? `The vocabulary holds ${wholeText(pieces)} of ${wholeText(fullPieces)} pieces, those of the run's texts; other words are cut into these.`
      : "";
  const parts = [
    "## Use",
    MODEL_DTYPES[dtype].python ? pythonText(prefixes) : "",
    "In Hybrid Batch Lab: choose the folder as the encoder of a run.",
    dtypeSentence(dtype),
    trimmed,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function pythonText({ query, passage }: UsageFacts["prefixes"]): string {
  const options = (name: string) => (query !== "" || passage !== "" ? `, prompt_name="${name}"` : "");
  return `\`\`\`python
from sentence_transformers import SentenceTransformer

model = SentenceTransformer("path/to/this/folder")
queries = model.encode(["where do bees sleep"]${options("query")})
passages = model.encode(["Bees sleep in the hive."]${options("passage")})
print(queries @ passages.T)
\`\`\``;
}
