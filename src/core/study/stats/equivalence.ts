// Whether a cell differs from the control by less than what matters, for many cells and looks. Never tests against 0.
import { maxT, maxTByLook, type FamilyTest, type Look } from "./maxT.ts";

/**
 * Two one-sided tests (Schuirmann 1987) by sign flips: a cell's mean lies within +-delta where both `mean <= -delta` and
 * `mean >= delta` are rejected at alpha; p is the larger of the two. The end nearer to each cell's mean at a look is tested in
 * one family (MaxT of delta - |d| turned towards it), the farther by itself.
 *
 * A cell that is shown to lie beyond delta is none of that family: it can be called nothing but better or worse, and its flips
 * would drown those of cells near 0, so that one bad cell left all others undecided.
 *
 * @param cells (K, n) differences by seed
 * @param delta > 0
 */
export function equivalence(
  cells: readonly (readonly number[])[],
  delta: number,
  looks: readonly Look[],
): Omit<FamilyTest, "alone"> {
  if (!(delta > 0)) throw new RangeError(`equivalence: delta must be above 0, got ${delta}`);
  const isOutside = beyond(cells, delta, looks);
  const inside = [...cells.keys()].filter((k) => !isOutside[k]);
  if (inside.length === 0) {
    return { p: cells.map(() => 1), rejectedAt: cells.map(() => undefined), exact: true };
  }
  const near = maxTByLook(
    looks.map((look) => inside.map((k) => within(cells[k]!, delta, look, 1))),
    looks,
    1,
  );
  const found = new Map(
    inside.map((k, at) => {
      const far = maxTByLook(
        looks.map((look) => [within(cells[k]!, delta, look, -1)]),
        looks,
        1,
      );
      const [one, other] = [near.rejectedAt[at], far.rejectedAt[0]];
      const rejectedAt = one === undefined || other === undefined ? undefined : Math.max(one, other);
      return [k, { p: Math.max(near.p[at]!, far.p[0]!), rejectedAt }];
    }),
  );
  return {
    p: cells.map((_, k) => found.get(k)?.p ?? 1),
    rejectedAt: cells.map((_, k) => found.get(k)?.rejectedAt),
    exact: near.exact,
  };
}

/** delta - d towards the end nearer to the mean at a look, or towards the other. */
function within(d: readonly number[], delta: number, { n }: Look, end: 1 | -1): number[] {
  const sign = sumOf(d, n) < 0 ? -end : end;
  return d.map((x) => delta - sign * x);
}

/** Whether the two-sided test of all cells rejects +-delta for a cell whose mean lies farther out. */
function beyond(cells: readonly (readonly number[])[], delta: number, looks: readonly Look[]): boolean[] {
  const outside = [delta, -delta].map((end) => {
    const moved = cells.map((d) => d.map((x) => x - end));
    return maxT(moved, looks).rejectedAt.map(
      (at, k) => at !== undefined && Math.sign(end) * sumOf(moved[k]!, looks[at]!.n) > 0,
    );
  });
  return cells.map((_, k) => outside.some((of) => of[k]!));
}

const sumOf = (d: readonly number[], n: number): number => d.slice(0, n).reduce((sum, x) => sum + x, 0);
