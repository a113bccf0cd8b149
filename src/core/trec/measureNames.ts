// Which measures exist, under trec_eval's names and ir_measures' names. Never computes one for more than one query.
import { SpecError } from "../inputError.ts";
import * as measures from "./queryMeasures.ts";
import type { QueryMeasure } from "./queryMeasures.ts";

/** How values of queries become the value of `all`. */
export type Summary = "mean" | "geometric" | "sum" | "queries" | "tag";

export interface Measure {
  readonly name: string; // as printed: trec_eval's, with the cut
  readonly summary: Summary;
  readonly integer: boolean; // printed without decimals
  readonly ofQuery: QueryMeasure;
  readonly cut: number; // K, a recall level, or Infinity
}

interface Family {
  readonly ofQuery: QueryMeasure;
  readonly cuts?: readonly number[]; // what the bare name means; absent: the family has no cut
  readonly levels?: boolean; // cuts are recall levels in [0, 1], not ranks
  readonly summary?: Summary; // default "mean"
  readonly integer?: boolean;
}

const CUTS = [5, 10, 15, 20, 30, 100, 200, 500, 1000] as const; // trec_eval's
const LEVELS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** `*_min_K` divide by min(K, R) and are not trec_eval's; nor is `recip_rank_cut_K`, which is ir_measures' RR@K. */
const FAMILIES: Readonly<Record<string, Family>> = {
  runid: { ofQuery: () => NaN, summary: "tag" },
  num_q: { ofQuery: () => 1, summary: "queries", integer: true },
  num_ret: { ofQuery: measures.retrieved, summary: "sum", integer: true },
  num_rel: { ofQuery: measures.relevantKnown, summary: "sum", integer: true },
  num_rel_ret: { ofQuery: measures.relevantRetrieved, summary: "sum", integer: true },
  map: { ofQuery: measures.averagePrecisionAt },
  gm_map: { ofQuery: measures.averagePrecisionAt, summary: "geometric" },
  Rprec: { ofQuery: measures.rPrecision },
  bpref: { ofQuery: measures.bpref },
  recip_rank: { ofQuery: measures.reciprocalRank },
  iprec_at_recall: { ofQuery: measures.interpolatedPrecision, cuts: LEVELS, levels: true },
  P: { ofQuery: measures.precision, cuts: CUTS },
  recall: { ofQuery: measures.recall, cuts: CUTS },
  ndcg: { ofQuery: measures.ndcg },
  ndcg_cut: { ofQuery: measures.ndcg, cuts: CUTS },
  map_cut: { ofQuery: measures.averagePrecisionAt, cuts: CUTS },
  success: { ofQuery: measures.success, cuts: [1, 5, 10] },
  recip_rank_cut: { ofQuery: measures.reciprocalRank, cuts: CUTS },
  map_cut_min: { ofQuery: measures.averagePrecisionMin, cuts: CUTS },
  recall_min: { ofQuery: measures.recallMin, cuts: CUTS },
};

/** trec_eval's "official" set: what it prints when nothing is asked for. */
export const OFFICIAL_MEASURES: readonly string[] = [
  "runid",
  "num_q",
  "num_ret",
  "num_rel",
  "num_rel_ret",
  "map",
  "gm_map",
  "Rprec",
  "bpref",
  "recip_rank",
  "iprec_at_recall",
  "P",
];

/** ir_measures' names, in lower case, with and without `@K`. */
const IR_NAMES: Readonly<Record<string, { readonly plain?: string; readonly cut?: string }>> = {
  ap: { plain: "map", cut: "map_cut" },
  map: { plain: "map", cut: "map_cut" },
  ndcg: { plain: "ndcg", cut: "ndcg_cut" },
  rr: { plain: "recip_rank", cut: "recip_rank_cut" },
  mrr: { plain: "recip_rank", cut: "recip_rank_cut" },
  p: { cut: "P" },
  precision: { cut: "P" },
  r: { cut: "recall" },
  recall: { cut: "recall" },
  success: { cut: "success" },
  iprec: { cut: "iprec_at_recall" },
  rprec: { plain: "Rprec" },
  bpref: { plain: "bpref" },
  numq: { plain: "num_q" },
  numret: { plain: "num_ret" },
  numrel: { plain: "num_rel" },
};

function measureOf(familyName: string, family: Family, cut: number | undefined): Measure {
  const suffix = cut === undefined ? "" : `_${family.levels ? cut.toFixed(2) : cut}`;
  return {
    name: familyName + suffix,
    summary: family.summary ?? "mean",
    integer: family.integer ?? false,
    ofQuery: family.ofQuery,
    cut: cut ?? Infinity,
  };
}

function parseCut(text: string, family: Family, asked: string): number {
  const cut = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  if (family.levels) {
    if (cut >= 0 && cut <= 1) return cut;
    throw new SpecError(`measure "${asked}": the recall level must be in [0, 1], got "${text}"`);
  }
  if (Number.isSafeInteger(cut) && cut >= 1) return cut;
  throw new SpecError(`measure "${asked}": the cut must be an integer >= 1, got "${text}"`);
}

/**
 * One measure, or several where a name without a cut stands for trec_eval's default cuts.
 *
 * @param asked `map`, `ndcg_cut_10`, `P.5,10` (trec_eval), `nDCG@10`, `AP`, `R@100` (ir_measures, any case), `official`
 * @throws SpecError naming what was asked and what is known
 */
export function parseMeasure(asked: string): Measure[] {
  if (asked === "official") return OFFICIAL_MEASURES.flatMap(parseMeasure);
  const exact = Object.hasOwn(FAMILIES, asked) ? FAMILIES[asked] : undefined;
  if (exact)
    return exact.cuts
      ? exact.cuts.map((cut) => measureOf(asked, exact, cut))
      : [measureOf(asked, exact, undefined)];

  const [, head, mark, tail] = /^(.+)(_)([\d.]+)$/.exec(asked) ?? /^([^@.]+)([@.])(.+)$/.exec(asked) ?? [];
  const key = (head ?? asked).toLowerCase();
  const irName = Object.hasOwn(IR_NAMES, key) ? IR_NAMES[key] : undefined;
  const familyName = mark === "@" ? irName?.cut : (head ?? irName?.plain);
  const family =
    familyName !== undefined && Object.hasOwn(FAMILIES, familyName) ? FAMILIES[familyName] : undefined;
  if (familyName === undefined || !family || (tail !== undefined && !family.cuts)) {
    const known = Object.entries(FAMILIES).map(([name, { cuts }]) => (cuts ? `${name}_K` : name));
    throw new SpecError(`unknown measure "${asked}", known are ${known.join(", ")} and ir_measures' names`);
  }
  if (tail === undefined) return [measureOf(familyName, family, undefined)];
  const cuts = mark === "." ? tail.split(",") : [tail];
  return cuts.map((text) => measureOf(familyName, family, parseCut(text, family, asked)));
}

/** Several names, each resulting measure once, in the order asked for. */
export function parseMeasures(asked: readonly string[]): Measure[] {
  return [...new Map(asked.flatMap(parseMeasure).map((measure) => [measure.name, measure])).values()];
}
