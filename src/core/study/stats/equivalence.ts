// Whether a cell differs from the control by less than what matters, for many cells and looks. Never tests against 0.
import { maxTByLook, type FamilyTest, type Look } from "./maxT.ts";

/**
 * Two one-sided tests (Schuirmann 1987) by sign flips: a cell's mean lies within +-delta where both `mean <= -delta` and
 * `mean >= delta` are rejected at alpha; p is the larger of the two. The end nearer to each cell's mean at a look is tested in
 * one family (MaxT of delta - |d| turned towards it), the farther by itself.
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
  /** delta - d towards the nearer end, or the other. */
  const within = (d: readonly number[], { n }: Look, end: 1 | -1) => {
    const sign = d.slice(0, n).reduce((sum, x) => sum + x, 0) < 0 ? -end : end;
    return d.map((x) => delta - sign * x);
  };
  const near = maxTByLook(
    looks.map((look) => cells.map((d) => within(d, look, 1))),
    looks,
    1,
  );
  const far = cells.map((d) =>
    maxTByLook(
      looks.map((look) => [within(d, look, -1)]),
      looks,
      1,
    ),
  );
  return {
    p: near.p.map((p, k) => Math.max(p, far[k]!.p[0]!)),
    rejectedAt: near.rejectedAt.map((at, k) => {
      const other = far[k]!.rejectedAt[0];
      return at === undefined || other === undefined ? undefined : Math.max(at, other);
    }),
    exact: near.exact,
  };
}
