// The pieces of a teacher's tokenizer that a student keeps: those that some language needs most. Trains nothing.
import { DataError } from "../../core/inputError.ts";
import { trimTokenizer, type TrimmedTokenizer } from "../export/trimTokenizer.ts";
import { parseTokenizerFile } from "../text/tokenizerFile.ts";

/** How often each piece occurs in the running text of a language. */
export interface PieceCounts {
  readonly counts: Float64Array; // (V)
  readonly weight: number; // of the language, when pieces are chosen
}

/** (V) largest share of each piece in the running text of any language, times the language's weight. */
export function largestShares(languages: readonly PieceCounts[]): Float64Array {
  const shares = new Float64Array(languages[0]!.counts.length);
  for (const { counts, weight } of languages) {
    const total = counts.reduce((sum, n) => sum + n, 0);
    if (total === 0) continue;
    counts.forEach((n, piece) => (shares[piece] = Math.max(shares[piece]!, (weight * n) / total)));
  }
  return shares;
}

/** (V) in which of the languages a piece has its largest share; of equal ones the first, -1 for one that stands in none. */
export function homesOf(languages: readonly Float64Array[]): Int32Array {
  const homes = new Int32Array(languages[0]!.length).fill(-1);
  const shares = new Float64Array(homes.length);
  languages.forEach((counts, language) => {
    const total = counts.reduce((sum, n) => sum + n, 0);
    counts.forEach((n, piece) => {
      if (n === 0 || n / total <= shares[piece]!) return;
      shares[piece] = n / total;
      homes[piece] = language;
    });
  });
  return homes;
}

/**
 * The tokenizer with only `size` pieces: what it cannot do without (trimTokenizer), single characters that occur at
 * least twice, and then those of the largest weighted share in any language; of equal ones the first.
 *
 * @throws DataError naming `where` if it is no Unigram tokenizer, or `size` does not hold the characters or exceeds V
 */
export function choosePieces(
  json: string,
  languages: readonly PieceCounts[],
  size: number,
  where: string,
): TrimmedTokenizer {
  const { model } = parseTokenizerFile(json);
  if (model.type !== "Unigram") {
    throw new DataError(`${where} is ${model.type}; pieces are chosen from a Unigram tokenizer`);
  }
  const shares = largestShares(languages);
  const kept = new Set(trimTokenizer(json, []).pieceIds);
  model.vocab.forEach(([piece], id) => {
    const often = languages.reduce((sum, { counts }) => sum + counts[id]!, 0);
    if (often >= 2 && [...piece].length === 1) kept.add(id);
  });
  if (kept.size > size || size > shares.length) {
    throw new DataError(
      `${where}: ${size} pieces were asked for; its ${shares.length} have ${kept.size} that must stay`,
    );
  }
  const rest = Array.from(shares.keys()).filter((id) => !kept.has(id));
  rest.sort((a, b) => shares[b]! - shares[a]! || a - b);
  for (const id of rest.slice(0, size - kept.size)) kept.add(id);
  return trimTokenizer(json, [...kept]);
}

/** A piece as a text of its own: "▁the" is "the"; "▁" alone stays. */
export function pieceText(piece: string): string {
  return piece.replaceAll("▁", " ").trim() || piece;
}
