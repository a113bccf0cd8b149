// The measures there are, as families of one formula at several cuts, under trec_eval's names. Reads no names, computes nothing.
import * as measures from "./queryMeasures.ts";
import type { QueryMeasure } from "./queryMeasures.ts";
import type { JudgedView } from "./rankedGrades.ts";

/** How values of queries become the value of `all`. */
export type Summary = "mean" | "geometric" | "sum" | "queries" | "tag";

export interface Measure {
  readonly name: string; // as printed: trec_eval's, with the cut, or ir_measures' where only that has it
  readonly summary: Summary;
  readonly integer: boolean; // printed without decimals
  readonly ofQuery: QueryMeasure;
  readonly cut: number; // K, a recall level, a weight of recall, or Infinity
  readonly view: JudgedView;
}

export interface Family {
  readonly ofQuery: QueryMeasure;
  readonly cuts?: readonly number[]; // what the bare name means; absent: the family has no cut
  readonly kind?: "rank" | "level" | "weight"; // what a cut is: a rank, a recall level in [0, 1], beta from 0; default "rank"
  readonly summary?: Summary; // default "mean"
  readonly integer?: boolean;
}

const CUTS = [5, 10, 15, 20, 30, 100, 200, 500, 1000] as const; // trec_eval's
const LEVELS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** `*_min_K` divide by min(K, R) and are not trec_eval's; nor is `recip_rank_cut_K`, which is ir_measures' RR@K. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  runid: { ofQuery: () => NaN, summary: "tag" },
  num_q: { ofQuery: () => 1, summary: "queries", integer: true },
  num_ret: { ofQuery: measures.retrieved, summary: "sum", integer: true },
  num_rel: { ofQuery: measures.relevantKnown, summary: "sum", integer: true },
  num_rel_ret: { ofQuery: measures.relevantRetrieved, summary: "sum", integer: true },
  num_nonrel_judged_ret: { ofQuery: measures.nonRelevantRetrieved, summary: "sum", integer: true },
  map: { ofQuery: measures.averagePrecisionAt },
  gm_map: { ofQuery: measures.averagePrecisionAt, summary: "geometric" },
  Rprec: { ofQuery: measures.rPrecision },
  bpref: { ofQuery: measures.bpref },
  gm_bpref: { ofQuery: measures.bpref, summary: "geometric" },
  infAP: { ofQuery: measures.inferredAP },
  recip_rank: { ofQuery: measures.reciprocalRank },
  iprec_at_recall: { ofQuery: measures.interpolatedPrecision, cuts: LEVELS, kind: "level" },
  "11pt_avg": { ofQuery: measures.elevenPoints },
  P: { ofQuery: measures.precision, cuts: CUTS },
  relative_P: { ofQuery: measures.recallMin, cuts: CUTS },
  recall: { ofQuery: measures.recall, cuts: CUTS },
  ndcg: { ofQuery: measures.ndcg },
  ndcg_cut: { ofQuery: measures.ndcg, cuts: CUTS },
  map_cut: { ofQuery: measures.averagePrecisionAt, cuts: CUTS },
  success: { ofQuery: measures.success, cuts: [1, 5, 10] },
  set_P: { ofQuery: measures.setPrecision },
  set_relative_P: { ofQuery: measures.setRelativePrecision },
  set_recall: { ofQuery: measures.recall },
  set_map: { ofQuery: measures.setAP },
  set_F: { ofQuery: measures.setF, cuts: [1], kind: "weight" },
  recip_rank_cut: { ofQuery: measures.reciprocalRank, cuts: CUTS },
  map_cut_min: { ofQuery: measures.averagePrecisionMin, cuts: CUTS },
  recall_min: { ofQuery: measures.recallMin, cuts: CUTS },
};

/** Of trec_eval's, with its names of several: known by name, so that nobody looks for a slip of the pen. */
export const NOT_COMPUTED =
  /^(?:G|binG|utility|Rprec_mult|relstring|ndcg_rel|Rndcg|yaap|prefs.*|.*_avgjg|qrels_jg|set|all_\w+)$/;

/** @param cut undefined for a family without */
export function measureOf(familyName: string, family: Family, cut: number | undefined): Measure {
  const shown =
    family.kind === "level" ? cut?.toFixed(2) : family.kind === "weight" && cut === 1 ? undefined : cut;
  return {
    name: shown === undefined ? familyName : `${familyName}_${shown}`,
    summary: family.summary ?? "mean",
    integer: family.integer ?? false,
    ofQuery: family.ofQuery,
    cut: cut ?? Infinity,
    view: { rel: 1, judgedOnly: false },
  };
}
