// Of two measures: which cells no other beats in both. Judges no difference.

/**
 * A cell is dominated where another is at least as good in both measures and better in one (Pareto). By means alone: seeds
 * may turn which is which, so the picture shows intervals beside.
 *
 * @param values per cell, both measures
 * @param lessIsBetter of either
 * @returns per cell whether none dominates it
 */
export function paretoFront(
  values: readonly (readonly [number, number])[],
  lessIsBetter: readonly [boolean, boolean],
): boolean[] {
  const turned = values.map((of) => of.map((value, i) => (lessIsBetter[i] ? -value : value)));
  return turned.map(
    (own) =>
      !turned.some(
        (other) => other.every((value, i) => value >= own[i]!) && other.some((value, i) => value > own[i]!),
      ),
  );
}
