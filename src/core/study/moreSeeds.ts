// More seeds for a study that has some: which, and whether the look at them was planned. Trains nothing.
import type { Study } from "./study.ts";

/** Seeds after those that there are; beyond the last planned look they are a look more, and counted as one. */
export function withMoreSeeds(study: Study, count: number): Study {
  const first = Math.max(...study.seeds) + 1;
  return continuedStudy(study, { ...study, seeds: Array.from({ length: count }, (_, i) => first + i) });
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

/** How many more seeds bring the next planned look; undefined after the last. */
export function nextLook({ looks, seeds }: Pick<Study, "looks" | "seeds">, have: number): number | undefined {
  return (looks ?? [seeds.length]).find((n) => n > have);
}
