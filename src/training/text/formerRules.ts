// Which parts of a tokenizer.json labs up to 0.2 took otherwise than Hugging Face's library: such a file may have given them
// other pieces, under the same hash. Goes once no record of theirs is to be replayed.

/** Kinds that gave other pieces to some texts, such as accented letters or a last sigma, or to every text. */
const MISREAD = new Set(["Whitespace", "Punctuation", "Split", "Precompiled", "Lowercase", "BertNormalizer"]);

/** @param json a tokenizer.json that the lab reads. @returns the kinds in question, sorted; often none */
export function formerlyMisread(json: string): string[] {
  const found = new Set<string>();
  JSON.parse(json, (key, value: unknown) => {
    if (key === "type" && typeof value === "string" && MISREAD.has(value)) found.add(value);
    return value;
  });
  return [...found].sort();
}
