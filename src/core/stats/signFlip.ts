// Whether paired differences of a few runs could be chance: the exact sign-flip test. Knows no query and no metric.
import { createRandom } from "../random.ts";

/** Up to here every pattern of signs is looked at: 65,536 of them. */
const EXACT = 16;
const SAMPLED = 9999;

/**
 * Two-sided p: were the two alike, each difference could as well have the other sign (Fisher 1935). The share of sign
 * patterns whose sum is at least as far from 0 as the one found; never below 2 / 2^n. Beyond 16 differences of 9,999 random
 * patterns and the one found.
 *
 * @param differences at least one, one for each pair
 */
export function signFlipP(differences: readonly number[]): number {
  const n = differences.length;
  const found = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  const scale = differences.reduce((sum, d) => sum + Math.abs(d), 0);
  const reaches = (sum: number) => Math.abs(sum) >= found - 1e-12 * scale; // summed in another order, a rounding error short
  if (n > EXACT) {
    const random = createRandom(0).fork("signFlip");
    let reached = 1;
    for (let i = 0; i < SAMPLED; i++) {
      if (reaches(differences.reduce((sum, d) => sum + (random.next() < 0.5 ? d : -d), 0))) reached++;
    }
    return reached / (SAMPLED + 1);
  }
  let reached = 0;
  for (let signs = 0; signs < 2 ** n; signs++) {
    if (reaches(differences.reduce((sum, d, i) => sum + ((signs >> i) & 1 ? d : -d), 0))) reached++;
  }
  return reached / 2 ** n;
}
