// More seeds for a study that has some: which, and whether the look at them was planned. Trains nothing.
import type { Study } from "./study.ts";

/** Seeds after those that there are; beyond the last planned look they are a look more, and counted as one. */
export function withMoreSeeds(study: Study, count: number): Study {
  const first = Math.max(...study.seeds) + 1;
  const seeds = [...study.seeds, ...Array.from({ length: count }, (_, i) => first + i)];
  const looks = study.looks ?? [study.seeds.length];
  if (seeds.length <= looks.at(-1)!) return { ...study, seeds };
  return { ...study, seeds, looks: [...looks, seeds.length], addedLooks: (study.addedLooks ?? 0) + 1 };
}

/** How many more seeds bring the next planned look; undefined after the last. */
export function nextLook({ looks, seeds }: Pick<Study, "looks" | "seeds">, have: number): number | undefined {
  return (looks ?? [seeds.length]).find((n) => n > have);
}
