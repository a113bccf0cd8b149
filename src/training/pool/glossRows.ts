// Which passage says in English what another one says. Knows no text.
import type { Corpus } from "../../core/data/corpus.ts";

/**
 * For each passage the first English one of its first concept, in any split.
 *
 * @param rows of the corpus' passages
 * @returns rows as well; undefined for a passage that is English, and where the data has no English one
 */
export function glossRows({ languages, passages }: Corpus, rows: readonly number[]): (number | undefined)[] {
  const { langs, conceptOffsets, concepts } = passages;
  const english = languages.indexOf("en");
  const conceptOf = (row: number) => concepts[conceptOffsets[row]!]!;
  const wanted = new Set(rows.map(conceptOf));
  const found = new Map<number, number>();
  for (let row = 0; row < langs.length && found.size < wanted.size; row++) {
    if (langs[row] !== english) continue;
    for (const concept of concepts.subarray(conceptOffsets[row], conceptOffsets[row + 1])) {
      if (wanted.has(concept) && !found.has(concept)) found.set(concept, row);
    }
  }
  return rows.map((row) => (langs[row] === english ? undefined : found.get(conceptOf(row))));
}
