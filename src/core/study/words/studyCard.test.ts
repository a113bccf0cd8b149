import { describe, expect, it } from "vitest";
import { handResult, handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { ofKinds } from "../../spec/batchKind.ts";
import { analyse } from "../analysis/analyse.ts";
import type { Study } from "../study.ts";
import type { StudyResult } from "../studyResult.ts";
import { changeWords, rangeCell, verdictWords } from "./studyNumbers.ts";
import { cardText, studyCard } from "./studyCard.ts";

const cardOf = (result: StudyResult, study: Study = handStudy) => studyCard(study, analyse(study, result));
const partOf = (head: string, result: StudyResult, study: Study = handStudy) =>
  [...cardOf(result, study).parts, ...cardOf(result, study).details].find((part) => part.head === head)
    ?.sentences ?? [];

const CROSS = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
const six = handResult({
  cross: CROSS,
  // between .02 and .03
  "mono-20": CROSS.map((value, i) => value + 0.02 + (i % 2) * 0.01),
  // between 0 and .001
  "mono-50": CROSS.map((value, i) => value + (i % 2) * 0.001),
});
const three = handResult({
  cross: [0.2, 0.21, 0.22],
  // +.02, +.02, +.03: mean .0233, s .0057735, half 4.3027 × .0033333 = .0143
  "mono-20": [0.22, 0.23, 0.25],
  "mono-50": [0.19, 0.2, 0.21],
});

describe("the result card", () => {
  it("puts the cell that is ahead first, with its interval, seeds and p", () => {
    expect(cardOf(six).headline).toBe(
      "One of 2 cells is better than “cross” in Cr mAP; best is “mono-20”: +.025 [.020, .030] (6 seeds, 95 % interval by sign flips, p .031 over all 2 cells).",
    );
    // half of the differences of “mono-50” are 0, so that 0 is not ruled out; all of them lie within δ
    expect(partOf("Found", six)[0]).toBe(
      "Of 2 cells against “cross” in Cr mAP, 1 is better: “mono-20” +.025 [.020, .030]. 1 has no difference larger than .010: “mono-50” +.0005 [.0000, .0010]. (6 seeds, 95 % intervals by sign flips over all 2 cells.)",
    );
  });

  it("calls three seeds a look, and says how many a test needs", () => {
    expect(cardOf(three).headline).toBe(
      "Too few seeds to test: a look. So far in Cr mAP ahead of “cross” is “mono-20”: +.023 [.009, .038] (3 seeds, 95 % interval by Student’s t).",
    );
    expect(partOf("What would change this", three)[0]).toBe("A test needs 6 seeds in every cell: 3 more.");
  });

  it("says what was done in one breath", () => {
    expect(partOf("Design", six)[0]).toBe(
      "3 cells with 6 seeds each on cldr-emoji (dev, 2 languages), at equal steps. Each is held against “cross”, seed by seed, in Cr mAP first; .010 is the smallest difference that counts.",
    );
  });

  it("says what a set cannot say of low-resource languages", () => {
    expect(partOf("Low and high resource", six)).toEqual([
      "None of the 2 languages asked in is of the classes 0 to 2 (Joshi et al. 2020): this study cannot say anything about low-resource languages.",
    ]);
  });

  it("has gains in low- and in high-resource languages with their difference", () => {
    const languages = { ...handStudy.spec.languages, eval: ["de", "yo"] };
    const study = { ...handStudy, spec: { ...handStudy.spec, languages } };
    const run = (cell: string, seed: number, de: number, yo: number) =>
      handRun({
        cell,
        seed,
        end: {
          values: { "map/cross": (de + yo) / 2 },
          perLanguage: { de: { "map/cross": de }, yo: { "map/cross": yo } },
        },
      });
    const runs = [
      ...[1, 2].map((seed) => run("cross", seed, 0.5, 0.25)),
      ...[1, 2].map((seed) => run("mono-20", seed, 0.5625, 0.5)),
    ];
    // Yoruba +.25, German +.0625, difference .1875
    expect(partOf("Low and high resource", { runs, missing: [] }, study)).toEqual([
      "In Cr mAP “mono-20” minus “cross” is +.250, too few seeds to test, in the 1 low-resource language and +.063, too few seeds to test, in the 1 high-resource one. These two differ by +.188: too few seeds to test (2 seeds).",
      "The worst language of “mono-20” is Yoruba at .500, of “cross” Yoruba at .250.",
    ]);
  });

  it("says what was held equal and what was not", () => {
    const runs = [
      handRun({ cell: "cross", seed: 1, spent: { steps: 200, crossBatches: 200, pairs: 6400 } }),
      handRun({ cell: "mono-20", seed: 1, spent: { steps: 200, crossBatches: 160, pairs: 6400 } }),
      handRun({ cell: "mono-50", seed: 1, spent: { steps: 300, crossBatches: 200, pairs: 9600 } }),
    ];
    expect(partOf("Held equal", { runs, missing: [] })).toEqual([
      "Steps: from 200 to 300; only “mono-20” has as many as “cross”. They were to be equal and are not.",
      "Cross-lingual batches: from 160 to 200; only “mono-50” has as many as “cross”.",
      "Pairs trained on: from 6,400 to 9,600; only “mono-20” has as many as “cross”.",
    ]);
    const other = { ...handStudy.cells[2]!, name: "mono-80", label: "mono-80" };
    const more = handRun({ cell: "mono-80", seed: 1, spent: { steps: 200, crossBatches: 1, pairs: 6400 } });
    const four = { ...handStudy, cells: [...handStudy.cells, other] };
    expect(partOf("Held equal", { runs: [...runs, more], missing: [] }, four)[2]).toBe(
      "Pairs trained on: from 6,400 to 9,600; all but “mono-50” have as many as “cross”.",
    );
  });

  it("names what is missing and why, and what a seed varies", () => {
    const missing = [{ cell: "mono-20", seed: 3, why: "it failed: out of memory" }];
    const sentences = partOf("What it stands on", { ...three, missing });
    expect(sentences[0]).toBe(
      "A seed varies the order of batches and which languages are drawn; the encoder starts from the same weights in all.",
    );
    expect(sentences.at(-1)).toBe("1 run missing: mono-20, seed 3 (it failed: out of memory).");
  });

  it("says nearest, not ahead, of the best of cells that are all behind, also where less is better", () => {
    const behind = handResult({
      cross: CROSS,
      "mono-20": CROSS.map((value, i) => value - 0.001 + (i % 3) * 0.0005), // mean −.0005
      "mono-50": CROSS.map((value) => value - 0.1),
    });
    expect(cardOf(behind).headline).toMatch(
      /^No cell is better than “cross” in Cr mAP: 1 is worse, 1 has no difference larger than \.010\. Nearest is “mono-20”: −\.0005 /,
    );
    const ranks = { ...handStudy, primary: "rankDistance", smallestEffect: 1 };
    const far = (more: readonly number[]) =>
      handResult(
        { cross: [50, 51, 52, 53, 54, 55], "mono-20": [50, 51, 52, 53, 54, 55].map((x, i) => x + more[i]!) },
        "rankDistance",
      );
    expect(cardOf(far([9, 9, 8, 9, 8, 9]), ranks).headline).toMatch(
      /^No cell is better than “cross” in rank distance, where less is better: 1 is worse\. Nearest is “mono-20”: \+8\.7 ranks/,
    );
    expect(cardOf(far([-9, -9, -8, -9, -8, -9]), ranks).headline).toMatch(
      /^The other cell is better than “cross” in rank distance, where less is better; best is “mono-20”: −8\.7 ranks/,
    );
    const look = handResult({ cross: [0.2, 0.21, 0.22], "mono-20": [0.19, 0.2, 0.21] });
    expect(cardOf(look).headline).toMatch(
      /^Too few seeds to test: a look\. So far in Cr mAP no cell is ahead of “cross”; nearest to it is “mono-20”: −\.010/,
    );
  });

  it("says where every cell ends below what training began from, and only there", () => {
    const from = (value: number) => ({
      runs: six.runs.map((run) => ({ ...run, start: { values: { "map/cross": value }, perLanguage: {} } })),
      missing: [],
    });
    expect(cardOf(from(0.5)).headline).toContain(
      " Every cell, the control too, ends worse than it began: before training it was .500.",
    );
    expect(cardOf(from(0.24)).headline).not.toContain("Every cell"); // “mono-20” ends at .25
  });

  it("tells the primary measure in full and every other in one short sentence", () => {
    const runs = six.runs.map((run) => ({
      ...run,
      end: {
        ...run.end,
        values: { ...run.end.values, rankDistance: run.cell === "cross" ? 50 : 60 + run.seed },
      },
    }));
    expect(partOf("Other measures, against “cross”", { runs, missing: [] })).toContain(
      "Rank distance: 2 worse, most “mono-50” with +13.5 ranks.",
    );
  });

  it("holds a rule against the cell that has its own mean fixed, and makes that the headline", () => {
    const ratio = ofKinds({ mono: 0.5, cross: 0.5 });
    const rule = (name: string) => ({
      name,
      label: name,
      changes: { "batch.ratio": ratio, "batch.schedule": name },
    });
    const study: Study = {
      ...handStudy,
      cells: [...handStudy.cells, rule("exp3"), rule("ado"), rule("random")],
    };
    // exp3 drew 51 % mono and lies just above mono-50; ado drew 35.5 %, which no cell holds; both are far above the control
    const drawn: Record<string, number> = {
      cross: 0,
      "mono-20": 40,
      "mono-50": 100,
      exp3: 102,
      ado: 71,
      random: 100,
    };
    const values = handResult({
      cross: CROSS,
      "mono-20": CROSS,
      "mono-50": CROSS.map((value) => value + 0.05),
      exp3: CROSS.map((value, i) => value + 0.05 + (i % 2 === 0 ? 0.0005 : -0.0004)),
      ado: CROSS.map((value) => value + 0.09),
      random: CROSS.map((value) => value + 0.01),
    });
    const runs = values.runs.map((run) => ({
      ...run,
      realised: { mono: drawn[run.cell]!, cross: 200 - drawn[run.cell]!, en: 9 },
    }));
    const { rules, metrics } = analyse(study, { runs, missing: [] });
    expect(rules.map(({ cell, other }) => [cell, other])).toEqual([
      ["exp3", "mono-50"],
      ["ado", undefined],
    ]);
    expect(metrics[0]!.families[0]!.pairs[0]!.against.mean).toBeCloseTo(0.00005, 9);
    expect(cardOf({ runs, missing: [] }, study).headline).toMatch(
      /^No rule is shown to beat its own mean held fixed in Cr mAP: of 1, 1 has no difference larger than \.010\. Nearest is “exp3”: \.0000 .* Of 1 more rule no cell holds the mean\.$/,
    );
    expect(partOf("Found", { runs, missing: [] }, study)).toEqual([
      expect.stringMatching(
        /^Of 1 rule against its own mean held fixed in Cr mAP, 1 has no difference larger than \.010: “exp3” \.0000 /,
      ),
      "Against “cross” (5 cells): 4 better, most “ado” with +.0900; 1 with no difference that counts.",
      expect.stringMatching(
        /^No cell holds the mean of “ado” \(mono 35.%, cross 65.%\): whether moving helps there is not known\.$/,
      ),
    ]);
  });

  it("takes the control made from a rule's own way as its mean, and no control for a rule", () => {
    const ruled = {
      "batch.ratio": ofKinds({ mono: 0.5, cross: 0.5 }),
      "batch.schedule": "exp3",
    };
    const study: Study = {
      ...handStudy,
      cells: [
        handStudy.cells[0]!,
        { name: "exp3", label: "bandit", changes: ruled },
        { name: "exp3-mean", label: "bandit, its mean", changes: {}, controlOf: "exp3", made: "mean" },
        {
          name: "exp3-reversed",
          label: "bandit, backwards",
          changes: {},
          controlOf: "exp3",
          made: "reversed",
        },
      ],
    };
    const values = handResult({
      cross: CROSS,
      exp3: CROSS.map((value, i) => value + 0.02 + (i % 2) * 0.01),
      "exp3-mean": CROSS,
      "exp3-reversed": CROSS,
    });
    expect(analyse(study, values).rules).toEqual([]); // told by its controls
    expect(cardOf(values, study).headline).toMatch(
      /^1 of 1 rule beats its own mean held fixed in Cr mAP; best is “bandit”: \+\.025 \[\.020, \.030\]/,
    );
  });

  it("holds weights that move against equal ones where those are their mean", () => {
    const weighting: Study = {
      ...handStudy,
      cells: [
        {
          name: "equal",
          label: "equal",
          changes: { "loss.weights": ofKinds({}, 1) },
        },
        { name: "dwa", label: "dwa", changes: { "loss.weighting": "dwa" } },
      ],
      controls: ["equal"],
    };
    const point = (step: number, kind: string, value: number) => ({ step, metric: `weight/${kind}`, value });
    // mono 1.5 for 100 steps, then .5; cross .5, then 1.5: over 200 steps 1 and 1
    const course = [
      point(0, "mono", 1.5),
      point(100, "mono", 0.5),
      point(0, "cross", 0.5),
      point(100, "cross", 1.5),
    ];
    const values = handResult({ equal: CROSS, dwa: CROSS.map((value) => value + 0.02) });
    const runs = values.runs.map((run) => ({
      ...run,
      realised: { mono: 100, cross: 100 },
      ...(run.cell === "dwa" && { course }),
    }));
    expect(cardOf({ runs, missing: [] }, weighting).headline).toMatch(
      /^1 of 1 rule beats its own mean held fixed in Cr mAP; best is “dwa”: \+\.020/,
    );
    const uneven = runs.map((run) => ({ ...run, course: run.course.filter(({ step }) => step === 0) }));
    expect(analyse(weighting, { runs: uneven, missing: [] }).rules[0]!.other).toBeUndefined(); // 75 to 25
  });

  it("says so where no rule beats what stays fixed, and which fixed mixes do", () => {
    const ratio = ofKinds({ mono: 0.5, cross: 0.5 });
    const moves = {
      name: "linear",
      label: "linear",
      changes: { "batch.ratio": ratio, "batch.schedule": "linear" },
    };
    const study: Study = { ...handStudy, cells: [...handStudy.cells.slice(0, 2), moves] };
    const result = handResult({
      cross: CROSS,
      "mono-20": CROSS.map((value, i) => value + 0.02 + (i % 2) * 0.01),
      linear: CROSS.map((value, i) => value + (i % 2) * 0.001),
    });
    expect(cardOf(result, study).headline).toMatch(
      /^No rule is shown to beat “cross”, which stays fixed, in Cr mAP\. Ahead of the rules is “linear”: \+\.0005 .* 1 fixed mix is better\.$/,
    );
  });

  it("holds the cells against no training, and says what is lacking for a claim about bias", () => {
    const start = { values: { "map/cross": 0.125, sameLanguageShare: 0.5 }, perLanguage: {} };
    const runs = three.runs.map((run) => ({ ...run, start }));
    expect(partOf("Without training", { runs, missing: [] })).toEqual([
      "Cr mAP: before training .125; the cells .200 to .233.",
      "Same-language share: before training 50.0\u00a0%.",
      "Language means subtracted were not measured: a mix that lowers bias is not yet held against them.",
    ]);
    const [first, ...others] = runs;
    const means = { values: { "map/cross": 0.25, sameLanguageShare: 0.25 }, perLanguage: {} };
    const known = { runs: [{ ...first!, baselines: { languageMeans: means } }, ...others], missing: [] };
    expect(partOf("Without training", known)).toEqual([
      "Cr mAP: before training .125; language means subtracted .250; the cells .200 to .233.",
      "Same-language share: before training 50.0\u00a0%; language means subtracted 25.0\u00a0%.",
    ]);
  });

  it("says that nothing was run", () => {
    expect(cardOf({ runs: [], missing: [] }).headline).toBe(
      "Nothing can be said yet: no cell has a seed in common with the control.",
    );
    expect(cardText(cardOf({ runs: [], missing: [] }))).toContain("How much of a batch may be monolingual?");
  });
});

describe("numbers of a difference", () => {
  it("are as fine as their interval asks, with their unit and sign", () => {
    expect(changeWords("map/cross", { n: 6, mean: 0.025, low: 0.019, high: 0.031 })).toBe(
      "+.025 [.019, .031]",
    );
    expect(changeWords("map/cross", { n: 6, mean: 0.0005, low: -0.00007, high: 0.0011 })).toBe(
      "+.0005 [−.0001, .0011]",
    );
    expect(changeWords("sameLanguageShare", { n: 6, mean: -0.021, low: -0.03, high: -0.012 })).toBe(
      "−2.1 points [−3.0, −1.2]",
    );
    expect(changeWords("rankDistance", { n: 1, mean: 57 })).toBe("+57.0 ranks");
    expect(rangeCell("map/cross", { n: 6, mean: 0, low: -0.00001, high: 0.02 })).toBe("[.000, .020]");
  });

  it("have as many digits as show that 0 is left out", () => {
    expect(changeWords("map/cross", { n: 6, mean: 0.00018, low: 0.00003, high: 0.00058 })).toBe(
      "+.00018 [.00003, .00058]",
    );
    expect(changeWords("rankDistance", { n: 6, mean: -2, low: -4, high: -0.02 })).toBe(
      "−2.00 ranks [−4.00, −0.02]",
    );
  });

  it("have the words of every verdict", () => {
    expect(verdictWords({ kind: "better", small: true }, ".010")).toBe("better by less than .010");
    expect(verdictWords({ kind: "same" }, ".010")).toBe("no difference larger than .010");
    expect(verdictWords({ kind: "undecided", more: 1 }, ".010")).toBe(
      "undecided; about 1 more seed would decide",
    );
  });
});
