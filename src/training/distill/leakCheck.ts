// Refuses training texts that a test set has too. Compares whole texts, normalised; a quotation inside a text is not seen.
import { DataError } from "../../core/inputError.ts";

/** Comparison form: compatibility-composed, lower case, letters, marks and digits only. */
export function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

export interface LeakCheck {
  /** A test set's text, which no training text may equal. Texts without a letter or digit are not compared. */
  forbid(text: string, where: string): void;
  /** Where the test text stands that equals this one, or undefined. */
  find(text: string): string | undefined;
  /** @throws DataError naming both places if a test set has this text */
  check(text: string, where: string): void;
  readonly forbidden: number; // distinct texts
}

export function createLeakCheck(): LeakCheck {
  const places = new Map<string, string>();
  const find = (text: string) => places.get(comparable(text));
  return {
    forbid(text, where) {
      const key = comparable(text);
      if (key !== "" && !places.has(key)) places.set(key, where);
    },
    find,
    check(text, where) {
      const place = find(text);
      if (place === undefined) return;
      throw new DataError(`${where} is also in ${place}, a test set: leave it out of the training data`);
    },
    get forbidden() {
      return places.size;
    },
  };
}
