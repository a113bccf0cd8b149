// What two cells differ by for new seeds and new questions both, from values of single queries. Writes no word.
import { MIN_CLUSTERS } from "../../stats/bootstrap.ts";
import { clusterSums } from "../../stats/clusterSums.ts";
import { clusterValues } from "../../stats/clusterValues.ts";
import { sameQueries, type QueryValues } from "../../stats/queryValues.ts";
import { twoWayInterval, type TwoWayInterval } from "../stats/twoWay.ts";

export interface NewQuestions extends TwoWayInterval {
  readonly nSeeds: number;
  readonly nClusters: number;
}

/**
 * First minus second in a metric, over seeds and clusters of queries (twoWay.ts): wider than an interval over either alone.
 *
 * @param pairs one per seed
 * @returns undefined for fewer than three seeds or ten clusters, and where the runs were not all asked the same
 */
export function newQuestions(
  pairs: readonly (readonly [QueryValues, QueryValues])[],
  metric: string,
): NewQuestions | undefined {
  const [asked] = pairs[0] ?? [];
  if (!asked || pairs.length < 3) return undefined;
  if (!pairs.flat().every((one) => metric in one.values && sameQueries(asked, one))) return undefined;
  const rows = pairs.map(([first, second]) => {
    const sums = clusterSums(first, [metric], second);
    return clusterValues(sums, sums.metrics[0]!);
  });
  const nClusters = rows[0]?.length ?? 0;
  if (nClusters < MIN_CLUSTERS || !rows.every((row) => row?.length === nClusters)) return undefined;
  return { ...twoWayInterval(rows.map((row) => row!)), nSeeds: rows.length, nClusters };
}
