// Which seeds a number comes from, in a caption: never a number without them.

/** "seed 7 only"; of several runs "seed 7 each", "seeds 1, 2, 3" */
export function seedsText(seeds: readonly number[]): string {
  const [first, ...others] = seeds;
  if (others.length === 0) return `seed ${first} only`;
  return others.every((seed) => seed === first) ? `seed ${first} each` : `seeds ${seeds.join(", ")}`;
}
