// How often each line counts in training, so that large languages do not take the whole vocabulary. Pure.

/** What one language brings: its size in English-equivalent characters, and how much more it should count. */
export interface LanguageSize {
  readonly size: number; // > 0
  readonly boost: number; // >= 0
}

/**
 * Copies of each line per language: with n_l the size, the share of a language becomes
 *   q_l = boost_l * n_l^alpha / sum, so a line counts q_l / n_l (Conneau et al. 2020, section 3.1).
 *
 * @param alpha 1 = proportional to size, 0 = equal shares
 * @returns whole numbers; the least-counted language gets `resolution`, those with boost 0 get 0
 */
export function lineWeights(
  sizes: ReadonlyMap<string, LanguageSize>,
  alpha: number,
  resolution: number,
): Map<string, number> {
  const perLine = new Map([...sizes].map(([lang, { size, boost }]) => [lang, boost * size ** (alpha - 1)]));
  const least = Math.min(...[...perLine.values()].filter((w) => w > 0));
  return new Map([...perLine].map(([lang, w]) => [lang, Math.round((resolution * w) / least)]));
}
