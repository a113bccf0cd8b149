// The measures against arithmetic done by hand from trec_eval's definitions, and properties of the whole.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { formatTrec } from "./formatTrec.ts";
import { parseQrels } from "./parseQrels.ts";
import { parseRun } from "./parseRun.ts";
import { trecMeasures, type TrecOptions } from "./trecMeasures.ts";

const RUN = `q1 Q0 d2 1 0.9 mine
q1 Q0 d3 5 0.8 mine
q1 Q0 d9 4 0.7 mine
q1 Q0 d4 3 0.6 mine
q1 Q0 d1 2 0.5 mine
q2 Q0 d0 1 0.5 mine
q2 Q0 d1 2 0.5 mine
q4 Q0 d1 1 0.5 mine
q5 Q0 d1 1 0.5 mine
`;
// q1 in rank order: d2 = 0, d3 = 1, d9 unjudged, d4 = -1, d1 = 3; d6 = 2 and d7 = 0 are not retrieved; R = 3
// q2: the tie puts d1 before d0, the relevant one. q3 is not in the run, q4 not here, q5 has nothing relevant.
const QRELS = `q1 0 d1 3
q1 0 d2 0
q1 0 d3 1
q1 0 d4 -1
q1 0 d6 2
q1 0 d7 0
q2 0 d0 1
q3 0 d1 1
q5 0 d1 0
`;

function evaluate(names?: string[], options?: TrecOptions, run = RUN, qrels = QRELS) {
  const results = trecMeasures(parseRun(run, "run"), parseQrels(qrels, "qrels"), names, options);
  const table = (values: Float64Array) =>
    Object.fromEntries(results.measures.map(({ name }, m) => [name, values[m]!]));
  const queries = Object.fromEntries(results.queries.map(({ id, values }) => [id, table(values)]));
  return { results, queries, all: table(results.all) };
}

/** One query, relevant (grade 1) documents at the given ranks of `n`, `missing` more not retrieved. */
function single(name: string, ranks: number[], n: number, missing = 0): number {
  const run = Array.from({ length: n }, (_, i) => `q 0 d${i + 1} 0 ${-i} t`).join("\n");
  const judged = [...ranks.map((rank) => `d${rank}`), ...Array.from({ length: missing }, (_, i) => `m${i}`)];
  return evaluate([name], {}, run, judged.map((id) => `q 0 ${id} 1`).join("\n")).all[name]!;
}

describe("measures of one query", () => {
  const q1 = (name: string) => Object.values(evaluate([name]).queries.q1!)[0]!;
  it.each([
    ["map", (1 / 2 + 2 / 5) / 3],
    ["map_cut_4", 1 / 2 / 3],
    ["map_cut_min_2", 1 / 2 / 2], // min(2, 3) = 2
    ["map_cut_min_20", (1 / 2 + 2 / 5) / 3], // min(20, 3) = 3
    ["recip_rank", 1 / 2],
    ["recip_rank_cut_1", 0],
    ["P_5", 2 / 5],
    ["P_10", 2 / 10], // five missing ranks count as not relevant
    ["recall_2", 1 / 3],
    ["recall_5", 2 / 3],
    ["recall_min_2", 1 / 2],
    ["success_1", 0],
    ["success_5", 1],
    ["Rprec", 1 / 3], // one of the first R = 3
    ["bpref", (1 / 2 + 1 / 2) / 3], // one non-relevant above each of two; 1 - 1/min(2, 3); unjudged passed over
    ["ndcg", (1 / Math.log2(3) + 3 / Math.log2(6)) / (3 + 2 / Math.log2(3) + 1 / 2)],
    ["ndcg_cut_2", 1 / Math.log2(3) / (3 + 2 / Math.log2(3))],
    ["iprec_at_recall_0.00", 1 / 2],
    ["iprec_at_recall_0.30", 1 / 2], // floor(0.3 * 3 + 0.9) = 1 hit
    ["iprec_at_recall_0.40", 2 / 5], // floor(1.2 + 0.9) = 2 hits
    ["iprec_at_recall_1.00", 0], // three are never found
    ["num_ret", 5],
    ["num_rel", 3],
    ["num_rel_ret", 2],
    ["num_nonrel_judged_ret", 1],
    ["11pt_avg", (4 * (1 / 2) + 4 * (2 / 5)) / 11], // levels 0 to .3 ask for 1 hit, .4 to .7 (2.99...) for 2, above for 3
    ["relative_P_2", 1 / 2],
    ["set_P", 2 / 5],
    ["set_recall", 2 / 3],
    ["set_map", (2 / 5) * (2 / 3)],
    ["set_relative_P", 2 / 3], // three could have been relevant among five
    ["set_F", (2 * (2 / 5) * (2 / 3)) / (2 / 5 + 2 / 3)],
    ["set_F.0.5", (1.5 * (2 / 5) * (2 / 3)) / (2 / 3 + 0.5 * (2 / 5))],
    // d3: 1/2 + 1/2 * (1/1) * share 0 of 1 judged; d1, four above: 1/5 + 4/5 * (3 in the pool)/4 * share 1 of 2
    [
      "infAP",
      (1 / 2 + (1 / 2) * (1e-5 / (1 + 2e-5)) + 1 / 5 + (4 / 5) * (3 / 4) * ((1 + 1e-5) / (2 + 2e-5))) / 3,
    ],
    ["AP(rel=2)", 1 / 5 / 2], // d1 alone, of d1 and d6
    ["P(rel=2)@5", 1 / 5],
    ["R(rel=3)@5", 1],
    ["RR(rel=2)", 1 / 5],
    ["Bpref(rel=2)", (1 - 2 / Math.min(3, 2)) / 2], // d2 and d3 above d1; d2, d3, d7 are not relevant
    ["NumRel(rel=2)", 2],
    ["NumRet(rel=2)", 1],
    ["AP(judged_only=True)", (1 / 2 + 2 / 3) / 3], // d2 d3 d1
    ["nDCG(dcg='exp-log2')@10", (1 / Math.log2(3) + 7 / Math.log2(6)) / (7 + 3 / Math.log2(3) + 1 / 2)],
    ["Judged@3", 2 / 3],
    ["Judged@100", 4 / 5], // of five; d4, in the pool, is among them
    ["ERR@10", 1 / 16 / 2 + ((15 / 16) * (7 / 16)) / 5],
    ["ERR@4", 1 / 16 / 2],
    ["RBP(rel=1)", 0.2 * (0.8 + 0.8 ** 4)],
    ["RBP(p=0.5,rel=2)", 0.5 * 0.5 ** 4],
    ["RBP(rel=1)@2", 0.2 * 0.8],
  ])("%s", (name, value) => {
    expect(q1(name)).toBeCloseTo(value, 14);
  });

  it("gives the numbers that pytrec_eval's own tests hold", () => {
    expect(single("ndcg", [3], 3)).toBeCloseTo(0.5, 15); // 1/log2(4)
    expect(single("ndcg", [2], 3)).toBeCloseTo(0.6309297535714575, 15); // 1/log2(3)
    expect(single("ndcg_cut_2", [3], 3)).toBe(0);
  });

  it("tells the two AP@K apart where R > K", () => {
    // four relevant, two of them first: sum = 2; over R = 4, or over min(2, 4)
    expect(single("map_cut_2", [1, 2, 3, 4], 6)).toBe(0.5);
    expect(single("map_cut_min_2", [1, 2, 3, 4], 6)).toBe(1);
    expect(single("ndcg_cut_2", [1, 2, 3, 4], 6)).toBe(1); // the ideal is cut as well
    expect(single("recall_2", [1, 2, 3, 4], 6)).toBe(0.5);
  });

  it("divides by all relevant documents, retrieved or not", () => {
    expect(single("map", [1], 3, 3)).toBe(0.25);
    expect(single("Rprec", [1], 1, 3)).toBe(0.25);
  });
});

describe("which queries count", () => {
  it("evaluates those in both files, one without a relevant document as 0, and counts the others", () => {
    const { results, all, queries } = evaluate();
    expect(Object.keys(queries)).toEqual(["q1", "q2", "q5"]);
    expect([results.onlyInRun, results.onlyInQrels, results.tag]).toEqual([1, 1, "mine"]);
    expect(all.num_q).toBe(3);
    expect(all.num_ret).toBe(5 + 2 + 1);
    expect(all.num_rel).toBe(3 + 1);
    expect(all.map).toBeCloseTo((0.3 + 0.5 + 0) / 3, 14);
    expect(all.gm_map).toBeCloseTo(Math.cbrt(0.3 * 0.5 * 1e-5), 14); // floor 1e-5 for q5
  });

  it("averages over all judged queries with `complete`, as trec_eval -c", () => {
    const { all, queries } = evaluate(undefined, { complete: true });
    expect(Object.keys(queries)).toEqual(["q1", "q2", "q3", "q5"]);
    expect(all.num_q).toBe(4);
    expect(all.num_rel).toBe(5);
    expect(all.map).toBeCloseTo(0.8 / 4, 14);
    expect(all.gm_map).toBeCloseTo((0.3 * 0.5 * 1e-5 * 1e-5) ** (1 / 4), 14);
  });

  it("refuses files without a common query", () => {
    expect(() => evaluate(["map"], {}, "a 0 d 1 1 t", "b 0 d 1")).toThrow(
      "no query of the run (1) is in the qrels (1), expected the same query ids in both",
    );
    expect(() => evaluate(["map"], {}, "", "")).toThrow("no query of the run (0)");
  });
});

describe("ties", () => {
  it("go to the larger id in code points, whatever rank the file claims", () => {
    const run = ["\u{1f600}", "\uff61", "b", "a"].map((id, i) => `q 0 ${id} ${4 - i} 1 t`).join("\n");
    const rankOf = (id: string) => 1 / evaluate(["recip_rank"], {}, run, `q 0 ${id} 1`).all.recip_rank!;
    expect(["\u{1f600}", "\uff61", "b", "a"].map(rankOf)).toEqual([1, 2, 3, 4]);
  });

  it("include scores that are one float32", () => {
    const run = "q 0 a 1 1.000000001 t\nq 0 b 2 1 t"; // as doubles a would be first
    expect(evaluate(["recip_rank"], {}, run, "q 0 b 1").all.recip_rank).toBe(1);
  });
});

describe("formatTrec", () => {
  it("prints trec_eval's official set when nothing is asked for", () => {
    const lines = formatTrec(evaluate().results).split("\n");
    expect(lines.slice(0, 11)).toEqual([
      "runid\tall\tmine",
      "num_q\tall\t3",
      "num_ret\tall\t8",
      "num_rel\tall\t4",
      "num_rel_ret\tall\t3",
      "map\tall\t0.2667",
      "gm_map\tall\t0.0114", // cbrt(1.5e-6) = 0.011447
      "Rprec\tall\t0.1111", // (1/3 + 0 + 0)/3
      "bpref\tall\t0.4444", // (1/3 + 1 + 0)/3
      "recip_rank\tall\t0.3333", // (1/2 + 1/2 + 0)/3
      "iprec_at_recall_0.00\tall\t0.3333",
    ]);
    expect(lines.slice(20, 23)).toEqual([
      "iprec_at_recall_1.00\tall\t0.1667",
      "P_5\tall\t0.2000",
      "P_10\tall\t0.1000",
    ]);
    expect(lines.slice(-2)).toEqual(["P_1000\tall\t0.0010", ""]); // 3 hits / 1000 / 3
  });

  it("prints the queries first on demand, without what only the whole run has", () => {
    const { results } = evaluate(["runid", "num_q", "map", "gm_map", "num_ret"]);
    expect(formatTrec(results, { perQuery: true }).split("\n").slice(0, 7)).toEqual([
      "map\tq1\t0.3000",
      "num_ret\tq1\t5",
      "map\tq2\t0.5000",
      "num_ret\tq2\t2",
      "map\tq5\t0.0000",
      "num_ret\tq5\t1",
      "runid\tall\tmine",
    ]);
  });

  it("rounds an exact tie to the even digit, as C does", () => {
    expect(formatTrec(evaluate(["P_32"], {}, "q 0 d 1 1 t", "q 0 d 1").results)).toBe("P_32\tall\t0.0312\n"); // 1/32
    const three = "q 0 a 1 1 t\nq 0 b 1 1 t\nq 0 c 1 1 t";
    const judged = "q 0 a 1\nq 0 b 1\nq 0 c 1";
    expect(formatTrec(evaluate(["P_32"], {}, three, judged).results)).toBe("P_32\tall\t0.0938\n"); // 0.09375
    expect(formatTrec(evaluate(["P_16"], {}, three, judged).results)).toBe("P_16\tall\t0.1875\n");
  });
});

describe("properties", () => {
  const anyFiles = fc
    .record({ seed: fc.integer({ min: 0, max: 2 ** 31 }), nScores: fc.constantFrom(1, 3, 1000) })
    .map(({ seed, nScores }) => {
      const random = createRandom(seed);
      const run: string[] = [];
      const qrels: string[] = [];
      for (let q = 0; q < 4; q++) {
        for (let d = 0; d < 30; d++) {
          if (random.next() < 0.7) run.push(`q${q} 0 d${d} 0 ${random.int(nScores)} t`);
          if (random.next() < 0.4) qrels.push(`q${q} 0 d${d} ${random.int(5) - 1}`);
        }
      }
      return { run, qrels, random };
    });
  const names = ["official", "ndcg", "ndcg_cut", "map_cut", "map_cut_min", "recall", "recall_min", "success"];

  it("does not change when the lines of both files are shuffled", () => {
    fc.assert(
      fc.property(anyFiles, ({ run, qrels, random }) => {
        const before = evaluate(names, {}, run.join("\n"), qrels.join("\n"));
        const after = evaluate(
          names,
          {},
          random.shuffle([...run]).join("\n"),
          random.shuffle([...qrels]).join("\n"),
        );
        expect(after.all).toEqual(before.all);
        expect(after.queries).toEqual(before.queries);
      }),
      { numRuns: 50 },
    );
  });

  it("stays in [0, 1], and a cut beyond the list equals no cut", () => {
    fc.assert(
      fc.property(anyFiles, ({ run, qrels }) => {
        const { all } = evaluate(names, { complete: true }, run.join("\n"), qrels.join("\n"));
        for (const [name, value] of Object.entries(all)) {
          if (/^(num_|runid)/.test(name)) continue;
          expect(value, name).toBeGreaterThanOrEqual(0);
          expect(value, name).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(all.map_cut_1000).toBe(all.map);
        expect(all.ndcg_cut_1000).toBe(all.ndcg);
        expect(all.map_cut_min_1000).toBe(all.map); // R < 1000
      }),
      { numRuns: 50 },
    );
  });

  it("gives 0 for every mean of a query that found nothing, and never NaN", () => {
    fc.assert(
      fc.property(anyFiles, ({ qrels }) => {
        const { queries } = evaluate(
          names,
          { complete: true },
          "other 0 d 0 1 t\nq0 0 none 0 1 t",
          qrels.join("\n"),
        );
        for (const [id, values] of Object.entries(queries)) {
          for (const [name, value] of Object.entries(values)) {
            if (/^(num_|runid)/.test(name)) continue;
            expect(value, `${name} of ${id}`).toBe(0);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it("looks at grades only for nDCG, and there at their proportions", () => {
    fc.assert(
      fc.property(anyFiles, fc.integer({ min: 2, max: 9 }), ({ run, qrels }, factor) => {
        const graded = (of: (grade: number) => number) =>
          qrels.map((line) => line.replace(/-?\d+$/, (text) => String(of(Number(text))))).join("\n");
        const plain = evaluate(
          names,
          {},
          run.join("\n"),
          graded((g) => g),
        ).all;
        const scaled = evaluate(
          names,
          {},
          run.join("\n"),
          graded((g) => (g > 0 ? factor * g : g)),
        ).all;
        const binary = evaluate(
          names,
          {},
          run.join("\n"),
          graded((g) => Math.min(1, g)),
        ).all;
        for (const name of Object.keys(plain)) {
          if (name === "runid") continue;
          expect(scaled[name], name).toBeCloseTo(plain[name]!, 12);
          if (!name.startsWith("ndcg")) expect(binary[name], name).toBe(plain[name]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("ids with spaces, as pandas writes them", () => {
  const run = ["red fox", "blue whale", "grey wolf"]
    .map((id, i) => `q1\tQ0\t${id}\t${i + 1}\t${9 - i}\tmine\n`)
    .join("");
  it("are found where the qrels have tabs and a header", () => {
    const qrels = "query-id\tcorpus-id\tscore\nq1\tred fox\t1\nq1\tblue whale\t0\n";
    expect(evaluate(["map"], {}, run, qrels).all).toEqual({ map: 1 });
  });

  it("are never cut into words of which one is another document", () => {
    const words = "q1 Q0 fox 1 2.0 t\nq1 Q0 wolf 2 1.0 t\n";
    expect(evaluate(["map"], {}, words, "q1\tred fox\t1\nq1\tgrey wolf\t1\n").all).toEqual({ map: 0 });
    expect(evaluate(["map"], {}, run, "q1\t0\tgrey wolf\t1\n").all).toEqual({ map: 1 / 3 });
  });
});
