// A WordWeights module: what each piece weighs in the mean, by id. Reads one small file.
import { DataError } from "../../core/inputError.ts";

const MAX_BYTES = 64 * 2 ** 20;

export interface WordWeights {
  readonly weights: Float32Array; // (pieces)
  /** Whether a word had the weight of its lower-case spelling. */
  readonly byLowerCase: boolean;
}

/**
 * Weights by token id: the module lists words in the order of ids.
 * @param optional reads a JSON file that may be left out
 */
export async function readWordWeights(
  path: string,
  optional: (name: string, maxBytes: number) => Promise<unknown>,
  at: (name: string) => string,
): Promise<WordWeights> {
  // Its name in sentence-transformers before version 5, and since.
  const old = `${path}wordweights_config.json`;
  const before = await optional(old, MAX_BYTES);
  const name = before === undefined ? `${path}config.json` : old;
  const value = before ?? (await optional(name, MAX_BYTES));
  const config = value as Readonly<Record<string, unknown>> | null | undefined;
  const { vocab, word_weights: given, unknown_word_weight: unknown = 1 } = config ?? {};
  const isWord = (word: unknown) => typeof word === "string";
  if (!Array.isArray(vocab) || !vocab.every(isWord) || typeof given !== "object" || given === null) {
    throw new DataError(`${at(name)}: needs vocab, a list of words, and word_weights`);
  }
  const known = new Map<string, unknown>(Object.entries(given));
  let byLowerCase = false;
  const weights = Float32Array.from(vocab, (word) => {
    let weight = known.get(word);
    if (weight === undefined) {
      weight = known.get(word.toLowerCase());
      byLowerCase ||= weight !== undefined && weight !== unknown;
    }
    weight ??= unknown;
    if (typeof weight !== "number" || !Number.isFinite(Math.fround(weight))) {
      throw new DataError(`${at(name)}: the weight of "${word.slice(0, 40)}" must be a number below 3e38`);
    }
    return weight;
  });
  return { weights, byLowerCase };
}
