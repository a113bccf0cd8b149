// How alpha is shared between the times a study's results are looked at. Tests nothing (maxT.ts).
import type { Look } from "./maxT.ts";

export const ALPHA = 0.05;

/**
 * Planned looks, of which each may spend of alpha what Pocock-type spending allows it (Lan & DeMets 1983):
 * alpha ln(1 + (e - 1) t), t = its seeds / all planned ones; so the last spends what is left. The first may always spend 2 / 2^n,
 * or it could find nothing: of n seeds no exact p is smaller.
 *
 * @param seeds numbers of seeds, ascending, the last the planned end
 */
export function plannedLooks(seeds: readonly number[], alpha = ALPHA): Look[] {
  checkAscending(seeds);
  const end = seeds.at(-1)!;
  return seeds.map((n) => {
    const pocock = alpha * Math.log(1 + (Math.E - 1) * (n / end));
    const least = 2 / 2 ** n;
    return { n, spent: least <= alpha ? Math.max(least, pocock) : pocock };
  });
}

/**
 * Looks after the planned end: alpha is spent by then, and what such a look may find is only what sign patterns, which come
 * in steps, have left of it. With planned seeds 6 that is .05 - 2 / 64 = .019, with 8 it is .003.
 */
export function withAddedLooks(planned: readonly Look[], added: readonly number[]): Look[] {
  const spent = planned.at(-1)?.spent ?? ALPHA;
  const looks = [...planned, ...added.map((n) => ({ n, spent }))];
  checkAscending(looks.map(({ n }) => n));
  return looks;
}

/** Looks of a study that came to its end with fewer seeds than planned, since runs failed: n is then its last. */
export function endedAt(looks: readonly Look[], n: number): Look[] {
  const last = looks.at(-1);
  if (!last || n >= last.n) return [...looks];
  return [...looks.filter((look) => look.n < n), { n, spent: last.spent }];
}

function checkAscending(seeds: readonly number[]): void {
  const wrong = seeds.findIndex((n, i) => !(Number.isInteger(n) && n > (seeds[i - 1] ?? 0)));
  if (wrong < 0 && seeds.length > 0) return;
  throw new RangeError(`looks: numbers of seeds must ascend from 1, got ${seeds.join(", ") || "none"}`);
}

/** Those that n seeds allow: looks up to n; with fewer seeds than the first one, or between two, n itself is none. */
export const looksHad = (looks: readonly Look[], n: number): Look[] => looks.filter((look) => look.n <= n);
