// Which of many concepts are compared. Knows no text.

/** `n` of those that are covered best, spread evenly over all that are covered as well as the n-th; all where there are no more. */
export function bestCovered<T>(found: readonly T[], n: number, coverage: (one: T) => number): T[] {
  const least = found.map(coverage).sort((a, b) => b - a)[n - 1] ?? -Infinity;
  const covered = found.filter((one) => coverage(one) >= least);
  const most = Math.min(n, covered.length);
  return Array.from({ length: most }, (_, i) => covered[Math.floor((i * covered.length) / most)]!);
}
