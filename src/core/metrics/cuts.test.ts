// Which lists of cuts are taken, and how one is spelled: hostile text in, metric paths out.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutMetric, MAX_CUT, MAX_CUTS, pairsLabel, readCuts } from "./cuts.ts";
import { checkValue } from "../spec/checkValue.ts";
import { parseValue } from "../spec/fieldText.ts";
import { evalMetrics, findMetric, isStanding } from "./metricTable.ts";

describe("cuts as a person writes them", () => {
  it("are paths, each once, in one order whatever the order of the wish", () => {
    expect(readCuts(["ndcg@20/multi", "recall@5", " recall@5/mono ", "ndcg@3/cross", "recall@50"])).toEqual([
      "recall@5/mono",
      "recall@50/mono",
      "ndcg@3/cross",
      "ndcg@20/multi",
    ]);
    expect(parseValue("evaluate.cuts", "ndcg@20, recall@5")).toEqual({
      value: ["recall@5/mono", "ndcg@20/mono"],
    });
    expect(parseValue("evaluate.cuts", "none")).toEqual({ value: [] });
  });

  it.each([
    "recall@0",
    "recall@-1",
    "recall@1.5",
    "recall@05",
    "recall@1e3",
    `recall@${MAX_CUT + 1}`,
    "recall@",
    "recall",
    "map@10",
    "constructor@1",
    "recall@5/all",
    "recall@5/mono/mono",
    "recall@5\n",
    "",
    5,
    null,
    ["recall@5"],
  ])("are refused where one is %j", (bad) => {
    if (typeof bad === "string" && bad.trim() !== bad) return; // white space around is no matter
    const { problem } = checkValue("evaluate.cuts", ["recall@5", bad]) as { problem: { message: string } };
    expect(problem.message).toMatch(
      /^evaluate\.cuts must be a list of at most 12 measures such as recall@5 or ndcg@20\/multi, from @1 to @1000000, got /,
    );
  });

  it("are refused where there are too many, or no list", () => {
    const many = Array.from({ length: MAX_CUTS + 1 }, (_, i) => `recall@${i + 1}`);
    expect(checkValue("evaluate.cuts", many)).toHaveProperty("problem");
    expect(checkValue("evaluate.cuts", many.slice(1))).toHaveProperty("value");
    expect(checkValue("evaluate.cuts", "recall@5")).toHaveProperty("problem");
  });

  it("give canonical paths and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 4 }), (list) => {
        for (const path of readCuts(list) ?? []) expect(cutMetric(path)?.path).toBe(path);
      }),
    );
  });
});

it("a cut is a metric when it is asked for, with a standing one's words or its own", () => {
  expect(findMetric("ndcg@20/multi")).toMatchObject({ label: "Mul nDCG@20", pool: "multi", unit: "0–1" });
  expect(findMetric("ndcg@20")).toBeUndefined(); // short forms are for people
  expect(findMetric("ndcg@10/pairs")).toMatchObject({ label: "Pairs nDCG@10", pool: "cross", pairs: true });
  expect(pairsLabel("ndcg@10/pairs")).toBe("nDCG@10");
  expect(isStanding("ndcg@10/mono")).toBe(true);
  const paths = evalMetrics(["recall@100/mono", "ndcg@20/multi"]).map(({ path }) => path);
  expect(paths.slice(-2)).toEqual(["recall@100/mono", "ndcg@20/multi"]);
  expect(new Set(paths).size).toBe(paths.length);
});
