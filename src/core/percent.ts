// A share as a percentage, no more exact than it is round: for sentences and names. Tables have metrics/metricText.ts.

import { written } from "./numbersIn.ts";

/** 0.7 -> "70 %", 1 / 3 -> "33.3 %" */
export const percent = (share: number): string => percentText(Number((100 * share).toFixed(1)));

const percentText = (value: number): string => written(`${value} %`);

/**
 * Whole parts of `units` that sum to it, by largest remainder; ties go to the earlier share.
 * @param shares of one whole: none below 0, their sum 1
 */
export function wholeParts(shares: readonly number[], units: number): number[] {
  const exact = shares.map((share) => share * units + 1e-9); // 28.999999999999996 is 29
  const parts = exact.map(Math.floor);
  const missing = units - parts.reduce((sum, part) => sum + part, 0);
  const remainders = exact.map((value) => Math.round((value % 1) * 1e6)); // .645 from a mean is .6450000000000001
  const byRemainder = [...exact.keys()].sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (const i of byRemainder.slice(0, missing)) parts[i]! += 1;
  return parts;
}

/**
 * All shares of one whole as percentages that sum to 100: .675 and .325 to no decimal are "68 %" and "32 %". Equal shares read
 * alike, also where they then cannot sum to it: thirds are "33.3 %" each.
 */
export function percents(shares: readonly number[], decimals = 1): string[] {
  const perCent = 10 ** decimals;
  const bySize = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]!); // what is said of a share hangs on no order
  const parts = wholeParts(
    bySize.map((i) => shares[i]!),
    100 * perCent,
  );
  const isTorn = bySize.some(
    (i, at) => at > 0 && shares[bySize[at - 1]!]! - shares[i]! < 1e-6 && parts[at] !== parts[at - 1],
  );
  return shares.map((share, i) => {
    const part = isTorn ? Math.round(share * 100 * perCent) : parts[bySize.indexOf(i)]!;
    return percentText(part / perCent);
  });
}
