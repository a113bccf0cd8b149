// The order in which alike things stand side by side: average linkage, each merge turned so that alike ends meet.
// Knows no language: it gets how alike each two are.

/** Things in the order found so far; undefined once it has gone into another. */
type Cluster = readonly number[] | undefined;

/**
 * Agglomerative clustering by average linkage (Sokal & Michener 1958). Where two clusters meet, each is turned so that the two
 * ends that touch are the most alike of the four choices (Gruvaeus & Wainer 1972). O(n³), 100 things in a few milliseconds.
 *
 * @param alike (n, n), larger is nearer; both halves count and are averaged, NaN counts as not alike at all
 * @returns each index of 0 … n - 1 once; the same for the same numbers, and begun by the lower index of the two ends
 */
export function similarityOrder(alike: readonly (readonly number[])[]): number[] {
  const n = alike.length;
  const lowest = Math.min(...alike.flatMap((row) => row.filter((value) => !Number.isNaN(value))));
  const at = (i: number, j: number) => (Number.isNaN(alike[i]![j]!) ? lowest : alike[i]![j]!);
  const near = alike.map((row, i) => row.map((_, j) => (at(i, j) + at(j, i)) / 2));
  const between = near.map((row) => [...row]); // mean over members of both clusters
  const clusters: Cluster[] = alike.map((_, i) => [i]);
  for (let left = n; left > 1; left--) {
    const [a, b] = nearestPair(clusters, between);
    const [first, second] = [clusters[a]!, clusters[b]!];
    for (let c = 0; c < n; c++) {
      const mean =
        (first.length * between[a]![c]! + second.length * between[b]![c]!) / (first.length + second.length);
      between[a]![c] = mean;
      between[c]![a] = mean;
    }
    clusters[a] = joined(first, second, near);
    clusters[b] = undefined;
  }
  const order = [...(clusters.find((one) => one !== undefined) ?? [])];
  return order.length > 1 && order[0]! > order.at(-1)! ? order.reverse() : order;
}

/** The two most alike, the first of equals. */
function nearestPair(clusters: readonly Cluster[], between: readonly (readonly number[])[]) {
  let best: readonly [number, number] = [0, 0];
  let most = -Infinity;
  for (let a = 0; a < clusters.length; a++) {
    if (!clusters[a]) continue;
    for (let b = a + 1; b < clusters.length; b++) {
      if (!clusters[b] || between[a]![b]! <= most) continue;
      most = between[a]![b]!;
      best = [a, b];
    }
  }
  return best;
}

function joined(
  a: readonly number[],
  b: readonly number[],
  near: readonly (readonly number[])[],
): readonly number[] {
  const turned = (order: readonly number[]) => [...order].reverse();
  const choices = [
    [a, b],
    [a, turned(b)],
    [turned(a), b],
    [turned(a), turned(b)],
  ] as const;
  const meeting = choices.map(([x, y]) => near[x.at(-1)!]![y[0]!]!);
  const [x, y] = choices[meeting.indexOf(Math.max(...meeting))]!;
  return [...x, ...y];
}
