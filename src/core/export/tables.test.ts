// Golden files of every table format, on one invented record.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import type { Intervals } from "../stats/bootstrap.ts";
import { closeFinalTest } from "../record/finalTest.ts";
import { withPath, type SpecPath, type SpecValue } from "../spec/spec.ts";
import { latexTable, latexText, markdownTable } from "./formatTable.ts";
import { mtebResult } from "./mtebResult.ts";
import { pairsCsv } from "./pairsCsv.ts";
import { rankCell, scoreCell } from "../metrics/metricText.ts";
import { languageTable, runsTable } from "./resultTable.ts";

const interval = (estimate: number, low: number, high: number) => ({ estimate, low, high, clusters: 357 });
const INTERVALS: Intervals = {
  "map/mono": { overall: interval(0.5625, 0.5, 0.625), byLanguage: { de: interval(0.375, 0.25, 0.5) } },
  "map/multi": { overall: interval(0.34375, 0.3, 0.4), byLanguage: {} },
  rankDistance: { overall: interval(6, 4, 120), byLanguage: {} },
};
const RUN = { name: "Hybrid_1", record: testRecord, intervals: INTERVALS };

it("prints scores as the literature does", () => {
  expect([0.4125, 1, -0.0125, 0].map(scoreCell)).toEqual([".412", "1.000", "-.013", ".000"]);
  expect([99.94, 1234.5].map(rankCell)).toEqual(["99.9", "1,235"]);
});

describe("Markdown", () => {
  it("has a row a run, with intervals where there are any", () => {
    expect(markdownTable(runsTable([RUN, { name: "a|b", record: testRecord }]))).toBe(
      `| Run | Mo mAP | Cr mAP | Mul mAP | Rank distance | nDCG@10 |
| :-- | --: | --: | --: | --: | --: |
| Hybrid\\_1 | .563 \\[.500, .625\\] | .250 | .344 \\[.300, .400\\] | 6.0 \\[4.0, 120\\] | .708 |
| a\\|b | .563 | .250 | .344 | 6.0 | .708 |

One seed each: this says nothing of other seeds. Means over languages on cldr-emoji (dev: 5 queries, pool 12). Settings of all: Hybrid, on cldr-emoji, in en, held out de, from distilled-bag-37k, 20 steps, seed 7, tested in de, en. Brackets: 95 % studentised bootstrap over 357 question groups, 2,000 resamples; 1 seed a run, seeds are not pooled. Rows without brackets have no values of single queries.
`,
    );
  });

  it("has a row a language", () => {
    const text = markdownTable(languageTable({ name: "Hybrid", record: testRecord }));
    expect(text.split("\n").slice(2, 4)).toEqual([
      "| German (de), held out | 2 | .375 | .250 | .188 | 6.0 | .500 |",
      "| English (en) | 3 | .750 | .250 | .500 | 6.0 | .917 |",
    ]);
    expect(text).toContain("No intervals: the values of single queries are not kept with these results.");
  });

  it("keeps its columns whatever a run is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (name) => {
        const row = markdownTable(runsTable([{ name, record: testRecord }])).split("\n")[2]!;
        expect(row.replace(/\\[\\`*_[\]<>|~#]/g, "").split("|")).toHaveLength(6 + 2);
      }),
    );
  });
});

describe("a final test", () => {
  const finalTest = closeFinalTest(
    {
      ...testRecord.final,
      values: { "map/mono": 0.5, "map/cross": 0.125, "map/multi": 0.25, rankDistance: 9 },
      queries: 8,
      pool: 24,
    },
    testRecord.digest,
  );
  const tested = { name: "tested", record: { ...testRecord, finalTest } };

  it("has columns of its own behind the others, where one of the runs had it", () => {
    const { columns, rows, caption } = runsTable([tested, RUN]);
    expect(columns.slice(6)).toEqual(["Test Mo", "Test Cr", "Test Mul", "Test RD"]);
    expect(rows[0]!.slice(1, 4)).toEqual([".563", ".250", ".344"]); // by which settings were chosen: as ever
    expect(rows.slice(0, 2).map((row) => row.slice(6))).toEqual([
      [".500", ".125", ".250", "9.0"],
      ["–", "–", "–", "–"],
    ]);
    expect(caption).toContain("“Test”: the final test, by the last weights, made once (8 queries, pool 24).");
    expect(runsTable([RUN]).columns).toHaveLength(6);
  });

  it("is a mean over seeds only where every seed had it", () => {
    const other = (seed: number, part: object) => ({
      name: `seed ${seed}`,
      record: { ...testRecord, spec: withPath(testRecord.spec, "seed", seed), ...part },
    });
    const meanOf = (part: object) =>
      runsTable([tested, other(8, part)])
        .rows.at(-1)!
        .slice(-4);
    expect(meanOf({ finalTest })).toEqual([".500", ".125", ".250", "9.0"]);
    expect(meanOf({})).toEqual(["–", "–", "–", "–"]);
  });
});

describe("a table of several seeds", () => {
  const { spec, final } = testRecord;
  const run = (name: string, seed: number, multi: number, steps = 20) => ({
    name,
    record: {
      ...testRecord,
      spec: { ...spec, seed, steps },
      final: {
        ...final,
        values: { ...final.values, "map/multi": multi, "map/cross": seed === 2 ? null : 0.25 },
      },
    },
  });

  it("has a row for the mean of an experiment over seeds, and says what one seed is worth", () => {
    const [a, b, other] = [run("a", 1, 0.3), run("b", 2, 0.5), run("other", 1, 0.4, 30)];
    const { rows, caption } = runsTable([a, other, b]);
    // mean .4; one lacks its Cr mAP
    expect(rows).toHaveLength(4);
    expect(rows[3]).toEqual([
      "Mean of 2: a, b",
      "–", // unlike the other, whose record says 20 steps of 30
      "20",
      "1, 2",
      ".563",
      "–",
      ".400", // two seeds say nothing of how seeds scatter
      "6.0",
      ".708",
    ]);
    const three = runsTable([a, b, run("c", 3, 0.4)]);
    expect(three.columns.slice(0, 3)).toEqual(["Run", "Seed", "Mo mAP"]);
    // mean .4, s^2 = .02 / 2; half = 4.3027 * .1 / sqrt(3) = .24841
    expect(three.rows[3]![4]).toEqual([".400", "[.152, .648]"]);
    expect(caption).toMatch(/^A row of one seed says nothing of other seeds\. Rows “Mean of”: over seeds/);
    expect(runsTable([a, b]).caption).toMatch(/^Same experiment; this is how much a seed moves it\. Rows/);
    expect(runsTable([a, other]).caption).toMatch(/^One seed each: this says nothing of other seeds\. Means/);
    const many = [1, 2, 3, 4].map((seed) => run(`run${seed}`, seed, 0.3));
    expect(runsTable(many).rows.at(-1)![0]).toBe("Mean of 4: run1 … run4");
  });
});

describe("the settings of a table", () => {
  const run = (name: string, changes: Partial<Record<SpecPath, SpecValue>>) => {
    const entries = Object.entries(changes) as [SpecPath, SpecValue][];
    const spec = entries.reduce((now, [path, value]) => withPath(now, path, value), testRecord.spec);
    return { name, record: { ...testRecord, spec } };
  };

  it("are columns where they differ, and words of the caption where they do not", () => {
    const { columns, rows, caption } = runsTable([
      run("a", {}),
      run("b", { "encoder.id": "distilled-weak", "optimizer.learningRate": 0.03 }),
    ]);
    expect(columns.slice(0, 3)).toEqual(["Run", "Encoder", "Rate"]);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ["a", "distilled-bag-37k", "0.003"],
      ["b", "distilled-weak", "0.03"],
    ]);
    expect(caption).toContain(
      "Settings of all: Hybrid, on cldr-emoji, in en, held out de, 20 steps, seed 7, tested in de, en.",
    );
  });

  it("stay within a column of the page, and what found no room is named", () => {
    const { columns, caption } = runsTable([
      run("a", {}),
      run("b", {
        "encoder.width": 512,
        "batch.size": 64,
        "loss.temperature": 0.1,
        "batch.positives": 3,
        seed: 2,
      }),
    ]);
    expect(columns.slice(1, 5)).toEqual(["Width", "Batch size", "Temperature", "Seed"]);
    expect(caption).toContain("They also differ in: positives per multilingual row.");
  });

  it("keep different tests apart", () => {
    const { rows, caption } = runsTable([
      run("a", {}),
      run("b", { "languages.eval": ["en"] }),
      run("c", { seed: 8 }),
    ]);
    expect(rows.map(([name]) => name).slice(0, 3)).toEqual(["a", "c", "b"]);
    expect(caption).toContain("Rows of different tests do not compare");
  });
});

describe("cuts that were asked for", () => {
  const { spec, final } = testRecord;
  const path = "ndcg@20/multi";
  const de = { ...final.perLanguage["de"]!, values: { ...final.perLanguage["de"]!.values, [path]: 0.25 } };
  const record = {
    ...testRecord,
    spec: { ...spec, evaluate: { cuts: [path, "ndcg@10/mono"] } }, // the latter has its column
    final: {
      ...final,
      values: { ...final.values, [path]: 0.5 },
      perLanguage: { ...final.perLanguage, de },
    },
  };

  it("are further columns, empty for runs that did not ask", () => {
    const { columns, rows } = runsTable([
      { name: "a", record },
      { name: "b", record: testRecord },
    ]);
    expect(columns.slice(-2)).toEqual(["nDCG@10", "Mul nDCG@20"]);
    expect(rows.map((row) => row.at(-1))).toEqual([".500", "–"]);
    expect(languageTable({ name: "a", record }).rows.map((row) => row.at(-1))).toEqual([".250", "–"]);
  });

  it("are in mteb's file by mteb's names, where the pool is one language's as there", () => {
    const values = { ...de.values, "recall@5/mono": 0.75, "recall@5/cross": 0.5 };
    const asked = { ...record, final: { ...final, perLanguage: { de: { ...de, values } } } };
    const [scores] = mtebResult(asked, "h").scores.test!;
    expect(scores).toMatchObject({ ndcg_at_10: 0.5, recall_at_5: 0.75, recall_at_100: 1 });
    expect(Object.keys(scores!).filter((name) => name.includes("_at_"))).toHaveLength(3);
  });
});

describe("LaTeX", () => {
  it("is a booktabs table", () => {
    expect(latexTable(runsTable([RUN]))).toBe(
      String.raw`% needs \usepackage{booktabs,graphicx}
\begin{table}
  \centering\footnotesize\setlength{\tabcolsep}{3pt}
  \caption{One seed: this says nothing of other seeds. Means over languages on cldr-emoji (dev: 5 queries, pool 12). Settings: Hybrid, on cldr-emoji, in en, held out de, from distilled-bag-37k, 20 steps, seed 7, tested in de, en. Brackets: 95 \% studentised bootstrap over 357 question groups, 2,000 resamples; 1 seed a run, seeds are not pooled.}
  \sbox0{\begin{tabular}{@{}lrrrrr@{}}
    \toprule
    Run & Mo mAP & Cr mAP & Mul mAP & Rank distance & nDCG@10 \\
    \midrule
    Hybrid\_1 & .563 & .250 & .344 & 6.0 & .708 \\*[-2pt]
    & \scriptsize {[}.500, .625{]} & & \scriptsize {[}.300, .400{]} & \scriptsize {[}4.0, 120{]} & \\
    \bottomrule
  \end{tabular}}
  \ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi
\end{table}
`,
    );
  });

  it("is as wide as its column and as long as its page: intervals below, a longtable for many languages", () => {
    const text = latexTable(runsTable([RUN, RUN]));
    // Letters of the widest line, were all as wide as a digit of 8 pt Computer Modern (4.25 pt): a column has 345 pt.
    const widest = Math.max(
      ...text.split("\n").flatMap((line) => (line.endsWith("\\*[-2pt]") ? [line.length] : [])),
    );
    expect(widest * 4.25).toBeLessThan(345);
    const names = Array.from({ length: 46 }, (_, i) => [`language ${i}`, ".500"]);
    const table = (rows: number) =>
      latexTable({ caption: "c", columns: ["Language", "Mo"], rows: names.slice(0, rows) });
    expect(table(45)).toContain("\\begin{table}");
    const long = table(46);
    expect(long).not.toContain("{table}");
    expect(long).toContain(String.raw`\begin{longtable}{@{}p{0.2\linewidth}r@{}}`);
    expect(long.split("\n").filter((line) => line.trim() === "Language & Mo \\\\")).toHaveLength(2); // on each page
    expect(long).toContain("  language 45 & .500 \\\\\n\\end{longtable}");
  });

  it("escapes what LaTeX would run", () => {
    expect(latexText("50% of $x_1 & {y} #2 ~^\\input|<>")).toBe(
      String.raw`50\% of \$x\_1 \& \{y\} \#2 \textasciitilde{}\textasciicircum{}\textbackslash{}input\textbar{}\textless{}\textgreater{}`,
    );
  });

  it("leaves no bare special, whatever a run is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
        const rest = latexText(name)
          .replace(/\\text[a-z]+\{\}/g, "")
          .replace(/\\[&%$#_{}]/g, "")
          .replace(/\{[[\]]\}/g, "");
        expect(rest).not.toMatch(/[\\&%$#_{}~^[\]]/);
      }),
    );
  });
});

describe("mteb's result file", () => {
  it("has MTEB's names and a subset for each of MTEB's pairs, of a set that is converted as its task", () => {
    const { spec, final } = testRecord;
    const table = { en: { en: 0.5, sw: 0.25 }, sw: { en: 0.125, sw: 1, yo: 0.75 } };
    const own = {
      ...final.perLanguage["de"]!,
      values: { ...final.perLanguage["de"]!.values, "ndcg@10/mono": 1 },
    };
    const record = {
      ...testRecord,
      spec: { ...spec, data: { ...spec.data, eval: "belebele" } },
      final: { ...final, perLanguage: { sw: own }, pairs: { "ndcg@10/pairs": table } },
    };
    const { task_name, scores } = mtebResult(record, "h.json");
    expect(task_name).toBe("BelebeleRetrieval");
    expect(
      scores.test!.map(({ hf_subset, languages, main_score }) => [hf_subset, languages, main_score]),
    ).toEqual([
      ["swh_Latn-swh_Latn", ["swh-Latn"], 1],
      ["swh_Latn-eng_Latn", ["swh-Latn", "eng-Latn"], 0.25], // passages first
      ["eng_Latn-swh_Latn", ["eng-Latn", "swh-Latn"], 0.125],
    ]);
  });

  it("is a row a pair in CSV, with MTEB's name of it", () => {
    const { spec, final } = testRecord;
    const pairs = { "ndcg@10/pairs": { en: { sw: 0.25 }, sw: { yo: null } } };
    const record = {
      ...testRecord,
      spec: { ...spec, data: { ...spec.data, eval: "belebele" } },
      final: { ...final, matrix: { sw: { sw: 0.5 } }, pairs },
    };
    expect(pairsCsv([{ name: "a", record }]).split("\r\n")).toEqual([
      "run,seed,measure,queries,passages,mteb_subset,value",
      "a,7,map,sw,sw,swh_Latn-swh_Latn,0.5",
      "a,7,ndcg@10,en,sw,swh_Latn-eng_Latn,0.25",
      "a,7,ndcg@10,sw,yo,,",
      "",
    ]);
  });

  it("has one subset a language, in the pool of that language", () => {
    const points = [...testRecord.points, { step: 20, metric: "perf/eval_queries_per_s", value: 1000 }];
    expect(mtebResult({ ...testRecord, points }, "h.json")).toEqual({
      dataset_revision: "a".repeat(64),
      task_name: "cldr-emoji",
      mteb_version: "1.38.0",
      scores: {
        test: [
          {
            main_score: 0.5,
            hf_subset: "de",
            languages: ["deu-Latn"],
            ndcg_at_10: 0.5,
            recall_at_100: 1,
            lab_map_mono: 0.375,
            lab_map_cross: 0.25,
            lab_map_multi: 0.1875,
            lab_rank_distance: 6,
            lab_queries: 2,
          },
          {
            main_score: 0.9166667,
            hf_subset: "en",
            languages: ["eng-Latn"],
            ndcg_at_10: 0.9166667,
            recall_at_100: 1,
            lab_map_mono: 0.75,
            lab_map_cross: 0.25,
            lab_map_multi: 0.5,
            lab_rank_distance: 6,
            lab_queries: 3,
          },
        ],
      },
      evaluation_time: 0.005, // 5 queries at 1,000 a second
      kg_co2_emissions: null,
    });
  });

  it("keeps mteb's contract: strings and lists where it checks for them", () => {
    // TaskResult.validate_scores: main_score present, hf_subset a str, languages a list of str, all JSON
    const result = JSON.parse(JSON.stringify(mtebResult(testRecord, "h.json"))) as ReturnType<
      typeof mtebResult
    >;
    expect(result.evaluation_time).toBeNull(); // the field must be there
    for (const scores of Object.values(result.scores).flat()) {
      expect(typeof scores.main_score).toBe("number");
      expect(scores.languages.every((lang) => /^[a-z]{3}-[A-Z][a-z]{3}$/.test(lang))).toBe(true);
    }
  });

  it("leaves out a language without answers, and refuses a record that never measured nDCG", () => {
    const { de, en } = testRecord.final.perLanguage;
    const withDe = (changed: object) => ({
      ...testRecord,
      final: { ...testRecord.final, perLanguage: { de: changed as NonNullable<typeof de>, en: en! } },
    });
    const unanswered = withDe({ ...de!, values: { ...de!.values, "ndcg@10/mono": null } });
    expect(mtebResult(unanswered, "h").scores.test!.map((s) => s.hf_subset)).toEqual(["en"]);
    const { "ndcg@10/mono": _, ...old } = de!.values;
    expect(() => mtebResult(withDe({ ...de!, values: old }), "h.json")).toThrow("h.json: has no nDCG@10");
  });
});
