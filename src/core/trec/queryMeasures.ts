// trec_eval's measures of one query, each a pure function of the grades in rank order. Never averages over queries.
import type { RankedGrades } from "./rankedGrades.ts";

/** Value of one query; `cut` is the K of a measure with a cut, Infinity of one without. R = 0 gives 0, as in trec_eval. */
export type QueryMeasure = (ranking: RankedGrades, cut: number) => number;

function hitsWithin({ grades }: RankedGrades, cut: number): number {
  let hits = 0;
  for (let i = 0; i < Math.min(cut, grades.length); i++) if (grades[i]! > 0) hits++;
  return hits;
}

/** Sum over the relevant documents within the cut of the precision at their rank. */
function precisionSum({ grades }: RankedGrades, cut: number): number {
  let hits = 0;
  let sum = 0;
  for (let i = 0; i < Math.min(cut, grades.length); i++) if (grades[i]! > 0) sum += ++hits / (i + 1);
  return sum;
}

/** `0 / 0` of a query without relevant documents is 0 here: trec_eval averages it in. */
function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

/** AP@K = precision sum / R. Without a cut: AP. */
export const averagePrecisionAt: QueryMeasure = (ranking, cut) =>
  ratio(precisionSum(ranking, cut), ranking.ideal.length);

/** AP@K = precision sum / min(K, R), as sentence-transformers divides: reaches 1 where R > K. */
export const averagePrecisionMin: QueryMeasure = (ranking, cut) =>
  ratio(precisionSum(ranking, cut), Math.min(cut, ranking.ideal.length));

/** Discounted cumulative gain: linear gain, divided by log2(rank + 1). */
function discountedGain(grades: Int32Array, cut: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(cut, grades.length); i++) {
    if (grades[i]! > 0) sum += grades[i]! / Math.log2(i + 2);
  }
  return sum;
}

/** nDCG@K: discounted gain over that of the ideal order, both cut at K. */
export const ndcg: QueryMeasure = ({ grades, ideal }, cut) =>
  ratio(discountedGain(grades, cut), discountedGain(ideal, cut));

/** 1/rank of the first relevant document within the cut, else 0. */
export const reciprocalRank: QueryMeasure = ({ grades }, cut) => {
  const first = grades.findIndex((grade) => grade > 0);
  return first < 0 || first >= cut ? 0 : 1 / (first + 1);
};

export const recall: QueryMeasure = (ranking, cut) => ratio(hitsWithin(ranking, cut), ranking.ideal.length);

/** Hits within K over min(K, R): BEIR's capped recall. */
export const recallMin: QueryMeasure = (ranking, cut) =>
  ratio(hitsWithin(ranking, cut), Math.min(cut, ranking.ideal.length));

/** Hits within K over K, also where fewer than K were retrieved. */
export const precision: QueryMeasure = (ranking, cut) => hitsWithin(ranking, cut) / cut;

/** 1 if anything relevant stands within the cut. */
export const success: QueryMeasure = (ranking, cut) => (hitsWithin(ranking, cut) > 0 ? 1 : 0);

/** Precision at rank R. */
export const rPrecision: QueryMeasure = (ranking) =>
  ratio(hitsWithin(ranking, ranking.ideal.length), ranking.ideal.length);

/**
 * Binary preference (Buckley & Voorhees 2004): per retrieved relevant document, 1 - n/min(N, R), n = judged
 * non-relevant documents above it, at most R, N = all of them; the sum over R. Unjudged documents are passed over.
 */
export const bpref: QueryMeasure = ({ grades, ideal, nNonRelevant }) => {
  const nRelevant = ideal.length;
  let above = 0;
  let sum = 0;
  for (const grade of grades) {
    if (grade === 0) above++;
    else if (grade > 0) {
      sum += above === 0 ? 1 : 1 - Math.min(above, nRelevant) / Math.min(nNonRelevant, nRelevant);
    }
  }
  return ratio(sum, nRelevant);
};

/**
 * Interpolated precision at a recall level in [0, 1]: the best precision at any rank that reaches
 * floor(level * R + 0.9) hits (trec_eval 9's rounding), 0 if none does.
 */
export const interpolatedPrecision: QueryMeasure = ({ grades, ideal }, level) => {
  const wanted = Math.floor(level * ideal.length + 0.9);
  let hits = 0;
  let best = 0;
  for (let i = 0; i < grades.length; i++) {
    if (grades[i]! > 0) hits++;
    if (hits >= wanted) best = Math.max(best, hits / (i + 1));
  }
  return best;
};

export const retrieved: QueryMeasure = ({ grades }) => grades.length;
export const relevantRetrieved: QueryMeasure = (ranking) => hitsWithin(ranking, Infinity);
export const relevantKnown: QueryMeasure = ({ ideal }) => ideal.length;
