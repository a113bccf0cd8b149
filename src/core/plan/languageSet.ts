// Which languages meet, so many at a time, each as often as its share asks. Knows no batch and no dataset.
import type { Random } from "../random.ts";

/** Whether all that may be drawn are equally likely: then drawing one after the other is fair, too. */
export const isEven = (shares: readonly number[]): boolean => {
  const positive = shares.filter((share) => share > 0);
  return positive.every((share) => share === positive[0]);
};

/** `n` different languages in proportion to `share`, one after the other; `first` is among them if given. */
export function drawDistinct(share: readonly number[], n: number, random: Random, first?: number): number[] {
  const left = [...share];
  const drawn: number[] = [];
  const take = (lang: number) => {
    drawn.push(lang);
    left[lang] = 0;
  };
  if (first !== undefined) take(first);
  while (drawn.length < n && left.some((q) => q > 0)) take(random.weighted(left));
  return drawn.sort((a, b) => a - b);
}

/**
 * Chances p of the maximum-entropy design of fixed size n (conditional Poisson sampling: Chen, Dempster & Liu 1994; Tillé
 * 2006, ch. 5): sets drawn by `drawSet` hold each language with probability n * share, and 1 where that is more. Drawn
 * one after the other, frequent languages would come too often: the second draw knows what the first one took.
 *
 * @param shares summing to 1
 * @returns p, 1 for what is in every set, 0 where the share is
 */
export function fitSet(shares: readonly number[], n: number): number[] {
  const { certain, wanted, size } = inclusion(shares, n);
  const open = [...wanted.keys()].filter((i) => wanted[i]! > 0 && !certain.has(i));
  const pi = open.map((i) => wanted[i]!);
  let p = [...pi];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const got = inclusionOf(p, size);
    if (got.every((chance, i) => Math.abs(chance - pi[i]!) < 1e-10)) break;
    p = p.map((chance, i) => {
      const off = (pi[i]! * (1 - got[i]!)) / (got[i]! * (1 - pi[i]!)); // in odds; the root of it never oversteps
      const odds = (chance / (1 - chance)) * Math.sqrt(off);
      return odds / (1 + odds);
    });
  }
  const chances: number[] = shares.map((_, i) => (certain.has(i) ? 1 : 0));
  open.forEach((lang, i) => (chances[lang] = p[i]!));
  return chances;
}

const MAX_ROUNDS = 1000; // some 40 are needed

/** pi = size * share among those that are not certain; who would get 1 or more is certain. */
function inclusion(shares: readonly number[], n: number) {
  const certain = new Set<number>();
  for (;;) {
    const rest = shares.reduce((sum, share, i) => (certain.has(i) ? sum : sum + share), 0);
    const size = n - certain.size;
    const wanted: number[] = shares.map((share, i) =>
      certain.has(i) ? 1 : rest > 0 ? (size * share) / rest : 0,
    );
    const more = wanted.findIndex((pi, i) => !certain.has(i) && pi >= 1 - 1e-12);
    if (more < 0 || size <= 0) return { certain, wanted, size };
    certain.add(more);
  }
}

/** How often sets of `size` hold each, drawn with chances `p`. */
export function inclusionOf(p: readonly number[], size: number): number[] {
  const before = countsFrom([...p].reverse(), size); // of the last i of the reversed: the first i
  const after = countsFrom(p, size);
  const all = after[0]![size]!;
  return p.map((chance, i) => {
    let others = 0; // probability that size - 1 of all the others are in
    for (let r = 0; r < size; r++) {
      others += before[p.length - i]![r]! * after[i + 1]![size - 1 - r]!;
    }
    return (chance * others) / all;
  });
}

/** [i][r]: the probability that r <= most of p[i..] are in, each by itself with its chance; [p.length] is of none. */
function countsFrom(p: readonly number[], most: number): number[][] {
  const counts = [[1, ...new Array<number>(most).fill(0)]];
  for (const chance of [...p].reverse()) {
    const after = counts.at(-1)!;
    counts.push(after.map((none, r) => (1 - chance) * none + (r > 0 ? chance * after[r - 1]! : 0)));
  }
  return counts.reverse();
}

/**
 * Shares of a set's languages among themselves, so that over all sets each has what was asked: those that are in every set
 * keep theirs, the others part the rest evenly.
 * @returns 0 for languages outside of the set
 */
export function sharesWithin(
  set: readonly number[],
  shares: readonly number[],
  p: readonly number[],
): number[] {
  const loose = set.filter((lang) => p[lang]! < 1);
  const kept = shares.reduce((sum, share, lang) => (p[lang] === 1 ? sum + share : sum), 0);
  const within = shares.map((share, lang) => (p[lang] === 1 ? share : 0));
  for (const lang of loose) within[lang] = (1 - kept) / loose.length;
  return within;
}

/**
 * `n` of `candidates` by the chances p, given that there are so many: from the first to the last, each with the chance
 * that it is in, given what the ones before left to be filled.
 * @param candidates at least n of them, no more than n with p = 1; one draw each
 */
export function drawSet(
  p: readonly number[],
  candidates: readonly number[],
  n: number,
  random: Random,
): number[] {
  const exactly = countsFrom(
    candidates.map((lang) => p[lang]!),
    n,
  );
  let left = n;
  return candidates.filter((lang, i) => {
    const chance = left > 0 ? (p[lang]! * exactly[i + 1]![left - 1]!) / exactly[i]![left]! : 0;
    const isIn = random.next() < chance;
    if (isIn) left--;
    return isIn;
  });
}
