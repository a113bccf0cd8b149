// Which seeds a number comes from, in a caption: never a number without them.

const MOST = 8; // that are named

/** "seed 7 only"; of several runs "seed 7 each", "seeds 1, 2, 3", "12 seeds" */
export function seedsText(seeds: readonly number[]): string {
  const [first, ...others] = seeds;
  if (others.length === 0) return `seed ${first} only`;
  const different = [...new Set(seeds)].sort((a, b) => a - b);
  if (different.length === 1) return `seed ${first} each`;
  return different.length <= MOST ? `seeds ${different.join(", ")}` : `${different.length} seeds`;
}
