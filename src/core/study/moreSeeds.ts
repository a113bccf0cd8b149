// More seeds for a study that has some: which, and whether the look at them was planned. Trains nothing.
import { LEAST_SEEDS } from "../series/comparedSeeds.ts";
import { FIELDS } from "../spec/fields.ts";
import type { Study } from "./study.ts";

/** Seeds after those that there are; beyond the last planned look they are a look more, and counted as one. */
export function withMoreSeeds(study: Study, count: number): Study {
  return continuedStudy(study, { ...study, seeds: freeSeeds(study.seeds, count) });
}

/** The next ones; where numbers end before them, the first that are free. */
function freeSeeds(taken: readonly number[], count: number): number[] {
  const last = Math.max(...taken);
  const seeds: number[] = [];
  for (let seed = last + count <= FIELDS.seed.max ? last + 1 : 1; seeds.length < count; seed++) {
    if (!taken.includes(seed)) seeds.push(seed);
  }
  return seeds;
}

/**
 * A study whose results may have been seen, asked for anew with other seeds or looks: no seed goes, those that came stand last,
 * and a look beyond the last that was planned is counted as added, whatever the new one says.
 *
 * @param there what its folder has
 */
export function continuedStudy(there: Study, named: Study): Study {
  const { looks: _, addedLooks: _added, ...rest } = named;
  const seeds = [...there.seeds, ...named.seeds.filter((seed) => !there.seeds.includes(seed))];
  const had = there.looks ?? [there.seeds.length];
  const isPlanned = seeds.length <= had.at(-1)!;
  const later = (named.looks ?? []).filter((n) => n > had.at(-1)! && n < seeds.length);
  const looks = isPlanned ? there.looks : [...had, ...later, seeds.length];
  const addedLooks = (there.addedLooks ?? 0) + (isPlanned ? 0 : later.length + 1);
  return { ...rest, seeds, ...(looks && { looks }), ...(addedLooks > 0 && { addedLooks }) };
}

/**
 * One study of two parts, the second's seeds after the first's. The end of a part that can be tested was a look, so that the whole
 * is one more, unless its seeds were planned: parts of one plan say the same `looks`.
 */
export function joinedStudy(study: Study, other: Study): Study {
  const seeds = [...new Set([...study.seeds, ...other.seeds])];
  const whole = [study, other].find((one) => one.seeds.length === seeds.length);
  const { looks, addedLooks = 0 } = whole ?? study;
  if (whole) return { ...study, seeds, ...(looks && { looks }), ...(addedLooks > 0 && { addedLooks }) };
  const had = looks ?? [Math.max(study.seeds.length, other.seeds.length)];
  const isPlanned = seeds.length <= had.at(-1)!;
  if (isPlanned || (!looks && had[0]! < LEAST_SEEDS)) return { ...study, seeds };
  return { ...study, seeds, looks: [...had, seeds.length], addedLooks: addedLooks + 1 };
}

/** How many more seeds bring the next planned look; undefined after the last. */
export function nextLook({ looks, seeds }: Pick<Study, "looks" | "seeds">, have: number): number | undefined {
  return (looks ?? [seeds.length]).find((n) => n > have);
}
