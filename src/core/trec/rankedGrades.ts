// Turns one query's list into the grades in rank order, by trec_eval's sort. Never computes a measure.
import { compareCodePoints } from "../metrics/codePointOrder.ts";
import type { Judgements } from "./parseQrels.ts";
import type { RunList } from "./parseRun.ts";

/** All that a measure may look at. */
export interface RankedGrades {
  /** (retrieved) grade at each rank, best first; -1 where the qrels lack the document, -2 where their grade is below 0. */
  readonly grades: Int32Array;
  readonly ideal: Int32Array; // (R) grades of all relevant documents, descending, retrieved or not
  readonly nNonRelevant: number; // judged 0
}

const EMPTY: RunList = { ids: [], scores: new Float32Array(0) };

/** Indices into the list by score descending, then document id descending (strcmp on UTF-8). */
export function trecOrder({ ids, scores }: RunList): Int32Array {
  const order = Int32Array.from(ids, (_, i) => i);
  return order.sort((a, b) => scores[b]! - scores[a]! || compareCodePoints(ids[b]!, ids[a]!));
}

/**
 * @param list `undefined` for a query that the run lacks: nothing retrieved
 * A negative grade counts as not judged: not relevant in every measure, and passed over by bpref and infAP.
 */
export function rankGrades(list: RunList | undefined, judgements: Judgements): RankedGrades {
  const found = list ?? EMPTY;
  const grades = trecOrder(found).map((i) => {
    const grade = judgements.get(found.ids[i]!) ?? -1;
    return grade < 0 && judgements.has(found.ids[i]!) ? -2 : grade;
  });
  const judged = [...judgements.values()];
  return {
    grades,
    ideal: Int32Array.from(judged.filter((grade) => grade > 0))
      .sort()
      .reverse(),
    nNonRelevant: judged.filter((grade) => grade === 0).length,
  };
}

/** How a measure looks at the judgements. */
export interface JudgedView {
  readonly rel: number; // the least grade that is relevant, from 1
  readonly judgedOnly: boolean; // documents that are not judged are taken out of the ranking
}

/** The same query with grades below `rel` as judged not relevant. */
export function viewed(ranking: RankedGrades, { rel, judgedOnly }: JudgedView): RankedGrades {
  if (rel === 1 && !judgedOnly) return ranking;
  const grades = judgedOnly ? ranking.grades.filter((grade) => grade >= 0) : ranking.grades;
  const ideal = ranking.ideal.filter((grade) => grade >= rel);
  return {
    grades: grades.map((grade) => (grade >= rel ? grade : Math.min(grade, 0))),
    ideal,
    nNonRelevant: ranking.nNonRelevant + ranking.ideal.length - ideal.length,
  };
}
