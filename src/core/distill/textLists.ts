// The texts of a vector recipe as the teacher reads them: one list for each set and language. Reads no file.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Split } from "../data/records.ts";
import { DataError } from "../inputError.ts";
import type { VectorRecipe, VectorSource } from "./vectorRecipe.ts";

/** A sentence of a parallel set. */
export interface ParallelText {
  readonly id: string;
  readonly lang: string;
  readonly concept: string;
  readonly split: Split; // "test": held out, never trained
  readonly text: string;
}

/** What the teacher reads behind one prefix. */
export interface TextList {
  readonly set: string;
  readonly kind: VectorSource["kind"];
  readonly lang: string;
  readonly texts: readonly ParallelText[];
}

/**
 * The texts of one split by set and language, in the recipe's order. A text is left out that says what no text of another
 * chosen language says: such sets are as large as their English.
 *
 * @param sets of the recipe's sources, in their order
 * @param chosen languages; where they are, the pivot too
 * @throws DataError naming a text without a translation into the pivot, where its source requires one
 */
export function listTexts(
  { sources, targets }: Pick<VectorRecipe, "sources" | "targets">,
  sets: readonly (readonly ParallelText[])[],
  chosen: readonly string[],
  split: Split,
): TextList[] {
  return sources.flatMap(({ id: set, kind, pivot }, s) => {
    const texts = sets[s]!.filter((text) => text.split === split && chosen.includes(text.lang));
    const spoken = new Map<string, Set<string>>(); // concept -> languages
    for (const { concept, lang } of texts) {
      const found = spoken.get(concept);
      if (found) found.add(lang);
      else spoken.set(concept, new Set([lang]));
    }
    const needed = pivot === "required" ? targets.pivot : null;
    const lone = needed === null ? undefined : texts.find(({ concept }) => !spoken.get(concept)!.has(needed));
    if (lone) {
      throw new DataError(
        `${set}: text ${lone.id} has no translation into "${needed}", which the recipe requires of this set`,
      );
    }
    const shared = texts.filter(({ concept }) => spoken.get(concept)!.size > 1);
    return chosen.flatMap((lang): TextList[] => {
      const own = shared.filter((text) => text.lang === lang);
      return own.length > 0 ? [{ set, kind, lang, texts: own }] : [];
    });
  });
}

/** What a file of vectors is called: SHA-256 over the texts as the teacher reads them, a line feed between two. */
export function vectorKey(prefix: string, texts: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(texts.map((text) => prefix + text).join("\n"))));
}
