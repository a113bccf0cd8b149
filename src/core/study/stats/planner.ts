// How many seeds a claim needs, before any is run: power of the very test that the card uses. Asks no run.
import { createRandom } from "../../random.ts";
import { studentQuantile } from "../../stats/distributions.ts";
import { maxT, type Look } from "./maxT.ts";
import { DETECTABLE, PLANNED_CELLS, PLANNED_POWERS, PLANNED_SEEDS } from "./plannerTable.ts";
import { simulateStudy } from "./simulatedStudy.ts";

export const POWER = 0.8;
/** More seeds than this are no advice. */
/** More than these nobody is told to add. */
export const MOST_SEEDS = 400;

/**
 * The true difference, in SDs of the paired difference, that each cell of a family is found to have with probability `power`,
 * where all cells differ that much. With few seeds that is the harder case: a large difference in one cell enlarges the sums
 * that sign flips make, in which the others must be told. Simulated for 6 to 12 seeds (scripts/plannerTable.ts: alpha .05, one
 * look, 4,000 studies); beyond, 12 seeds' in the proportion of (t(.975, n - 1) + z(power)) / sqrt(n).
 *
 * @param seeds n
 * @param cells beside the control, >= 1; between two of the table by log K
 * @returns undefined for fewer than six seeds: nothing can be found
 */
export function detectableEffect(seeds: number, cells = 1, power = POWER): number | undefined {
  const first = PLANNED_SEEDS[0]!;
  const last = PLANNED_SEEDS.at(-1)!;
  if (seeds < first) return undefined;
  const row = DETECTABLE[Math.min(seeds, last) - first]!;
  const above = PLANNED_CELLS.findIndex((k) => k >= cells);
  const at = above < 0 ? PLANNED_CELLS.length - 1 : Math.max(above, 1);
  const [low, high] = [PLANNED_CELLS[at - 1]!, PLANNED_CELLS[at]!];
  const share = Math.log(cells / low) / Math.log(high / low);
  const effectOf = (of: number) => interpolated(PLANNED_POWERS, row[of]!, power);
  const effect = effectOf(at - 1) + share * (effectOf(at) - effectOf(at - 1));
  const reach = (n: number) => (studentQuantile(0.975, n - 1) + studentQuantile(power, 1e6)) / Math.sqrt(n);
  return seeds <= last ? effect : (effect * reach(seeds)) / reach(last);
}

/** The smallest number of seeds with which `effect` is found with probability `power`; undefined: more than 400. */
export function seedsNeeded(effect: number, cells = 1, power = POWER): number | undefined {
  for (let n = PLANNED_SEEDS[0]!; n <= MOST_SEEDS; n++) {
    if (detectableEffect(n, cells, power)! <= effect) return n;
  }
  return undefined;
}

/** The probability of finding a cell's `effect` > 0, from .05 to .99, where all cells have it. */
export function powerOf(effect: number, seeds: number, cells = 1): number {
  if (seeds < PLANNED_SEEDS[0]!) return 0;
  return interpolated(
    PLANNED_POWERS.map((power) => detectableEffect(seeds, cells, power)!),
    PLANNED_POWERS,
    effect,
  );
}

/** Of increasing x, ys at x; outside the first or last one's. */
function interpolated(xs: readonly number[], ys: readonly number[], x: number): number {
  const above = xs.findIndex((one) => one >= x);
  if (above <= 0) return above < 0 ? ys.at(-1)! : ys[0]!;
  const share = (x - xs[above - 1]!) / (xs[above]! - xs[above - 1]!);
  return ys[above - 1]! + share * (ys[above]! - ys[above - 1]!);
}

/** As `powerOf`, simulated with any looks, each of which may find it. */
export function simulatedPower(effect: number, looks: readonly Look[], cells = 1, studies = 1000): number {
  const random = createRandom(0).fork("planner");
  const seeds = looks.at(-1)!.n;
  const effects = Array.from({ length: cells }, () => effect);
  let found = 0;
  for (let i = 0; i < studies; i++) {
    const study = simulateStudy(random, { seeds, effects });
    const { rejectedAt } = maxT(study, looks);
    study.forEach((d, k) => {
      if (rejectedAt[k] !== undefined && d.reduce((sum, x) => sum + x, 0) > 0) found++;
    });
  }
  return found / (studies * cells);
}

/**
 * Effects from which one look finds each simulated cell, ascending: its shares are power. A study's noise is drawn once, and
 * the effect is sought that just lifts it out.
 */
export function findingEffects(seeds: number, cells: number, studies: number): number[] {
  const random = createRandom(0).fork("planner");
  const looks = [{ n: seeds, spent: 0.05 }];
  const noEffects = Array.from({ length: cells }, () => 0);
  return Array.from({ length: studies }, () => {
    const noise = simulateStudy(random, { seeds, effects: noEffects });
    let [missed, found] = [0, 16];
    while (found - missed > 1 / 256) {
      const effect = (missed + found) / 2;
      const { rejectedAt } = maxT(
        noise.map((d) => d.map((x) => x + effect)),
        looks,
      );
      if (rejectedAt[0] === undefined) missed = effect;
      else found = effect;
    }
    return found;
  }).sort((a, b) => a - b);
}
