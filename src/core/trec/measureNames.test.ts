// Which names are understood, and what an unknown one is answered.
import { describe, expect, it } from "vitest";
import { OFFICIAL_MEASURES, parseMeasure, parseMeasures } from "./measureNames.ts";

const namesOf = (asked: string) => parseMeasure(asked).map(({ name }) => name);

describe("parseMeasure", () => {
  it.each([
    ["map", ["map"]],
    ["P_5", ["P_5"]],
    ["ndcg_cut_10", ["ndcg_cut_10"]],
    ["ndcg_cut.10", ["ndcg_cut_10"]],
    ["P.5,10", ["P_5", "P_10"]],
    ["success", ["success_1", "success_5", "success_10"]],
    ["recall", [5, 10, 15, 20, 30, 100, 200, 500, 1000].map((k) => `recall_${k}`)],
    ["map_cut_min_20", ["map_cut_min_20"]],
    ["iprec_at_recall.0.25", ["iprec_at_recall_0.25"]],
    ["nDCG@10", ["ndcg_cut_10"]],
    ["NDCG", ["ndcg"]],
    ["AP", ["map"]],
    ["AP@100", ["map_cut_100"]],
    ["RR", ["recip_rank"]],
    ["MRR@10", ["recip_rank_cut_10"]],
    ["P@5", ["P_5"]],
    ["R@100", ["recall_100"]],
    ["Success@10", ["success_10"]],
    ["IPrec@0.1", ["iprec_at_recall_0.10"]],
    ["Rprec", ["Rprec"]],
    ["Bpref", ["bpref"]],
    ["NumQ", ["num_q"]],
    ["set_F", ["set_F"]],
    ["set_F.0.5", ["set_F_0.5"]],
    ["SetF(beta=2.0)", ["set_F_2"]],
    ["AP(rel=1)", ["map"]],
    ["AP(rel=2)", ["AP(rel=2)"]],
    ["ap( rel = 2 , judged_only=True )@10", ["AP(rel=2,judged_only=True)@10"]],
    ["nDCG(cutoff=5)", ["ndcg_cut_5"]],
    ['nDCG(dcg="exp-log2")@10', ["nDCG(dcg='exp-log2')@10"]],
    ["nDCG(dcg='log2')@10", ["ndcg_cut_10"]],
    ["IPrec(recall=0.1)", ["iprec_at_recall_0.10"]],
    ["SetP", ["set_P"]],
    ["SetRelP", ["set_relative_P"]],
    ["SetP(relative=True)", ["set_relative_P"]],
    ["NumRet(rel=1)", ["num_rel_ret"]],
    ["infAP", ["infAP"]],
    ["Judged@10", ["Judged@10"]],
    ["ERR@20", ["ERR@20"]],
    ["RBP(rel=1)", ["RBP(rel=1)"]],
    ["relative_P.5,10", ["relative_P_5", "relative_P_10"]],
  ])("%s", (asked, wanted) => {
    expect(namesOf(asked)).toEqual(wanted);
  });

  it("expands `official` to what trec_eval prints by default", () => {
    expect(OFFICIAL_MEASURES).toHaveLength(12);
    expect(namesOf("official")).toHaveLength(10 + 11 + 9);
  });

  it.each([
    "mapp",
    "map_10",
    "map.5",
    "Rprec@5",
    "ndcg@",
    "@10",
    "",
    "constructor",
    "toString@3",
    "R",
    "x_y_3",
  ])("refuses %j and says what is known", (asked) => {
    expect(() => parseMeasure(asked)).toThrow(
      /^unknown measure ".*", known are runid, num_q, .*map_cut_min_K/,
    );
  });

  it.each(["P_0", "P@0", "nDCG@1.5", "P.5,x", "ndcg_cut_1.5"])("refuses the cut of %s", (asked) => {
    expect(() => parseMeasure(asked)).toThrow(`measure "${asked}": the cut must be an integer >= 1`);
  });

  it.each(["alpha_nDCG@5", "ERR_IA@10", "Compat(p=0.9)", "Accuracy", "BPM@5", "α_nDCG@5", "NERR9@5", "INST"])(
    "knows %s of ir_measures by name, and that it is not computed",
    (asked) => {
      expect(() => parseMeasure(asked)).toThrow(
        `measure "${asked}" is one of ir_measures' that the lab does not compute`,
      );
    },
  );

  it.each([
    "G",
    "binG",
    "Rprec_mult",
    "Rprec_mult.0.2",
    "utility.1,-1,0,0",
    "ndcg_rel",
    "all_trec",
    "prefs_simp",
  ])("knows %s of trec_eval by name, and that it is not computed", (asked) => {
    expect(() => parseMeasure(asked)).toThrow(
      `measure "${asked}" is one of trec_eval's that the lab does not compute`,
    );
  });

  it.each([
    ["AP(rel=0)", "rel must be an integer >= 1, got 0"],
    ["AP(rel=high)", "rel must be a number, True, False or 'text', got high"],
    ["AP(rel=True)", "rel must be an integer >= 1, got true"],
    ["AP(beta=1)", 'in brackets it takes rel, judged_only, cutoff, got "beta=1"'],
    ["nDCG(gains={0:1})", 'in brackets it takes judged_only, dcg, cutoff, got "gains={0:1}"'],
    ["nDCG(dcg='ln')", "dcg must be 'log2' or 'exp-log2', got ln"],
    ["RBP", "say from which grade a document counts, such as RBP(rel=1)"],
    ["RBP(rel=1,p=1)", "p must be a number between 0 and 1, got 1"],
    ["SetF(beta=-1)", 'beta must be a number from 0, got "-1"'],
    ["ERR@0", 'the cut must be an integer >= 1, got "0"'],
  ])("says what is wrong in %s", (asked, what) => {
    expect(() => parseMeasure(asked)).toThrow(`measure "${asked}": ${what}`);
  });

  it("refuses a recall level above 1", () => {
    expect(() => parseMeasure("IPrec@1.1")).toThrow("must be in [0, 1]");
  });
});

describe("parseMeasures", () => {
  it("keeps the order asked for and drops what is asked twice", () => {
    expect(parseMeasures(["nDCG@10", "map", "ndcg_cut_10", "AP"]).map(({ name }) => name)).toEqual([
      "ndcg_cut_10",
      "map",
    ]);
  });
});
