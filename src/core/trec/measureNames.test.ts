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
