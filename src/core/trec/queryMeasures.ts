// trec_eval's measures of one query, each a pure function of the grades in rank order. Never averages over queries.
import { DataError } from "../inputError.ts";
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

/** Discounted cumulative gain: gain, linear by default, divided by log2(rank + 1). */
function discountedGain(grades: Int32Array, cut: number, gain = (grade: number) => grade): number {
  let sum = 0;
  for (let i = 0; i < Math.min(cut, grades.length); i++) {
    if (grades[i]! > 0) sum += gain(grades[i]!) / Math.log2(i + 2);
  }
  return sum;
}

/** nDCG@K: discounted gain over that of the ideal order, both cut at K. */
export const ndcg: QueryMeasure = ({ grades, ideal }, cut) =>
  ratio(discountedGain(grades, cut), discountedGain(ideal, cut));

/** nDCG@K with the gain 2^grade - 1 (Burges et al. 2005), as gdeval has it. */
export const exponentialNdcg: QueryMeasure = (ranking, cut) => {
  const gain = (grade: number) => 2 ** grade - 1;
  return ratio(discountedGain(ranking.grades, cut, gain), discountedGain(ranking.ideal, cut, gain));
};

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

/** Mean of the interpolated precision at the recall levels 0, 0.1, .. 1. */
export const elevenPoints: QueryMeasure = (ranking) => {
  let sum = 0;
  for (let tenths = 0; tenths <= 10; tenths++) sum += interpolatedPrecision(ranking, tenths / 10);
  return sum / 11;
};

const EPSILON = 1e-5; // trec_eval's INFAP_EPSILON

/**
 * Inferred AP (Yilmaz & Aslam 2006): at each relevant document at rank r the precision expected there, from the share
 * of relevant ones among the judged above it; documents in the pool but not judged (grade below 0) count as those do.
 */
export const inferredAP: QueryMeasure = ({ grades, ideal }) => {
  let [relevant, nonRelevant, unjudged] = [0, 0, 0];
  let sum = 0;
  grades.forEach((grade, above) => {
    if (grade === -2) unjudged++;
    else if (grade === 0) nonRelevant++;
    else if (grade > 0) {
      const inPool = above === 0 ? 0 : (relevant + nonRelevant + unjudged) / above;
      const share = (relevant + EPSILON) / (relevant + nonRelevant + 2 * EPSILON);
      sum += 1 / (above + 1) + (above / (above + 1)) * inPool * share;
      relevant++;
    }
  });
  return ratio(sum, ideal.length);
};

export const setPrecision: QueryMeasure = (ranking) =>
  ratio(hitsWithin(ranking, Infinity), ranking.grades.length);

/** Hits over the most that as many retrieved documents could be: min(retrieved, R). */
export const setRelativePrecision: QueryMeasure = (ranking) =>
  ratio(hitsWithin(ranking, Infinity), Math.min(ranking.grades.length, ranking.ideal.length));

/** Precision times recall of what was retrieved. */
export const setAP: QueryMeasure = (ranking) => setPrecision(ranking, Infinity) * recall(ranking, Infinity);

/** (b + 1) P R / (R + b P), b = the weight of recall: trec_eval's, which does not square it. */
export const setF: QueryMeasure = (ranking, weight) => {
  const [p, r] = [setPrecision(ranking, Infinity), recall(ranking, Infinity)];
  return ratio((weight + 1) * p * r, r + weight * p);
};

/** Share of the first K, or of fewer where fewer were retrieved, that the qrels name. */
export const judgedShare: QueryMeasure = ({ grades }, cut) => {
  const first = grades.subarray(0, Math.min(cut, grades.length));
  return ratio(first.filter((grade) => grade !== -1).length, first.length);
};

const HIGHEST_GRADE = 4; // gdeval's, of the TREC web track

/**
 * Expected reciprocal rank (Chapelle et al. 2009): sum over ranks of s_r / r * prod_{i < r} (1 - s_i), s = (2^grade - 1) / 2^4.
 * @throws DataError on a grade above 4, of which the formula makes no probability
 */
export const expectedReciprocalRank: QueryMeasure = ({ grades, ideal }, cut) => {
  if ((ideal[0] ?? 0) > HIGHEST_GRADE) {
    throw new DataError(`ERR takes grades up to ${HIGHEST_GRADE}, the qrels have ${ideal[0]}`);
  }
  let [sum, goesOn] = [0, 1];
  for (let i = 0; i < Math.min(cut, grades.length); i++) {
    const satisfied = (2 ** Math.max(0, grades[i]!) - 1) / 2 ** HIGHEST_GRADE;
    sum += (satisfied * goesOn) / (i + 1);
    goesOn *= 1 - satisfied;
  }
  return sum;
};

/** Rank-biased precision (Moffat & Zobel 2008): (1 - p) sum of p^(rank - 1) over the relevant within the cut. */
export const rankBiasedPrecision =
  (p: number): QueryMeasure =>
  ({ grades }, cut) => {
    let sum = 0;
    for (let i = 0; i < Math.min(cut, grades.length); i++) if (grades[i]! > 0) sum += p ** i;
    return (1 - p) * sum;
  };

export const nonRelevantRetrieved: QueryMeasure = ({ grades }) =>
  grades.filter((grade) => grade === 0).length;
export const retrieved: QueryMeasure = ({ grades }) => grades.length;
export const relevantRetrieved: QueryMeasure = (ranking) => hitsWithin(ranking, Infinity);
export const relevantKnown: QueryMeasure = ({ ideal }) => ideal.length;
