// How much a piece counts before training, from how common it is in the languages that use it. Pure.
import { tokensOf, type TextStore } from "./textGroups.ts";

/** (V) natural log of each piece's share of text; 0 for special tokens. */
export type LogProbs = Float32Array;

/**
 * (V) share of each piece in running text of the languages that use it: the mean, over its occurrences, of its share in
 * the language of the occurrence. Among a hundred languages "▁and" is rare, yet it says no more than "der" does. Never
 * below the tokenizer's share over all text, which also stands for pieces that the texts lack; 0 for special tokens.
 *
 * @param store its sentences and questions are counted; names and answers are not running text
 */
export function pieceShares({ sets, rows, languages }: TextStore, logProbs: LogProbs): Float64Array {
  const counts = languages.map(() => new Float64Array(logProbs.length));
  const seen = new Set<number>(); // rows: a passage may answer several concepts
  for (const { source, groups } of sets) {
    if (source.use === "pairs") continue;
    for (const { lang, row } of groups.flatMap(({ passages }) => passages)) {
      if (seen.has(row)) continue;
      seen.add(row);
      for (const piece of tokensOf(rows, row)) counts[lang]![piece]!++;
    }
  }
  const sizes = counts.map((list) => list.reduce((sum, n) => sum + n, 0));
  return Float64Array.from(logProbs, (log, piece) => {
    if (log === 0) return 0;
    let [total, weighted] = [0, 0];
    counts.forEach((list, lang) => {
      const n = list[piece]!;
      if (n === 0) return;
      total += n;
      weighted += (n * n) / sizes[lang]!;
    });
    return Math.max(Math.exp(log), total > 0 ? weighted / total : 0);
  });
}

/** (V) smooth inverse frequency a / (a + share) (Arora et al. 2017), in (0, 1]. */
export function inverseFrequency(shares: Float64Array, a: number): Float32Array {
  return Float32Array.from(shares, (share) => a / (a + share));
}
