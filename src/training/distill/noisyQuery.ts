// Makes a hard query out of a sentence: a few of its pieces, among pieces of another sentence. Pure; draws from the given stream.
import type { Random } from "../../core/random.ts";

/** One query in five is a stretch of the sentence, 30 to 70 % of it, without noise. */
const STRETCHES = 0.2;
/** Pieces kept from the sentence. */
const [FEWEST, MOST] = [3, 9];
/** A piece is kept in proportion to 1 / (share + this). */
const SHARE_FLOOR = 1e-3;

/**
 * A question shares a few content words with its answer and has words of its own; so does this query.
 *
 * @param sentence pieces; shorter than 5, it is returned as it is
 * @param noise pieces of another text of the same language; null for none
 * @param most at most this many pieces of noise, drawn with replacement
 * @param shares (V) share of each piece in running text
 */
export function noisyQuery(
  sentence: Int32Array,
  noise: Int32Array | null,
  most: number,
  shares: Float64Array,
  random: Random,
): Int32Array {
  const n = sentence.length;
  if (n < 5) return sentence;
  if (random.next() < STRETCHES) {
    const size = Math.max(3, Math.floor((0.3 + 0.4 * random.next()) * n));
    const from = random.int(n - size + 1);
    return sentence.slice(from, from + size);
  }
  const keep = Math.min(n - 1, FEWEST + random.int(MOST - FEWEST + 1));
  const left = Array.from(sentence, (piece) => 1 / (shares[piece]! + SHARE_FLOOR));
  const query: number[] = [];
  while (query.length < keep) {
    const at = random.weighted(left);
    left[at] = 0;
    query.push(sentence[at]!);
  }
  if (noise && noise.length > 0) {
    for (let more = random.int(most + 1); more > 0; more--) query.push(noise[random.int(noise.length)]!);
  }
  return Int32Array.from(query);
}
