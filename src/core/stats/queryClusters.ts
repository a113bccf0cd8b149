// Which queries of an evaluation are one observation: the same question in other languages, or about the same passage or
// paragraph.
import type { EvalSet } from "../metrics/evaluation.ts";

/**
 * Queries that share a relevant passage or a stated cluster, directly or through others, form one cluster: the
 * translations of a question, the questions that one sentence answers, all questions on one paragraph. Their values rise
 * and fall together, so resampling must take or leave them together. A query without either is alone.
 *
 * @returns (Q) cluster of each query, numbered from 0 in the order of their first query
 */
export function queryClusters(
  set: Pick<EvalSet, "queryLangs" | "relevant" | "relevantOffsets" | "leftOut" | "queryClusters">,
): Int32Array {
  const { queryLangs, relevant, relevantOffsets, leftOut, queryClusters: stated } = set;
  const nQueries = queryLangs.length;
  const parent = Int32Array.from({ length: nQueries }, (_, q) => q); // a query that stands for its set
  const rootOf = (query: number): number => {
    let root = query;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  const firstQuery = new Map<number, number>(); // passage, or -1 - stated cluster -> a query of it
  const join = (key: number, q: number) => {
    const other = firstQuery.get(key);
    if (other === undefined) firstQuery.set(key, q);
    else parent[rootOf(q)] = rootOf(other);
  };
  for (let q = 0; q < nQueries; q++) {
    for (let i = relevantOffsets[q]!; i < relevantOffsets[q + 1]!; i++)
      if (leftOut?.[i] !== 1) join(relevant[i]!, q);
    if (stated && stated[q]! >= 0) join(-1 - stated[q]!, q);
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(parent, (_, q) => {
    const root = rootOf(q);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}
