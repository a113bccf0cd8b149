import { describe, expect, it } from "vitest";
import { handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "../analysis/analyse.ts";
import { parseStudyResults } from "./parseStudyResults.ts";
import { resultsText, studyResults, type ResultsFile } from "./studyResults.ts";

const start = {
  values: { "map/cross": 0.125, "map/mono": 0.5 },
  perLanguage: { de: { "map/cross": 0.125 }, en: { "map/cross": 0.125, "map/mono": 0.5 } },
};
const result = {
  runs: ["cross", "mono-20"].flatMap((cell, c) =>
    [1, 2, 3].map((seed) =>
      handRun({
        cell,
        seed,
        digest: `${c}${seed}`.repeat(32),
        start,
        ...(c === 0 &&
          seed === 1 && {
            baselines: {
              languageMeans: start,
              bm25: { values: { "map/mono": 0.75 }, perLanguage: { de: {}, en: {} } },
            },
          }),
        made: {
          lab: "0.3.0",
          data: { "cldr-emoji": "a".repeat(64) },
          encoder: "b".repeat(64),
          ...(seed === 1 && { tokenizer: "c".repeat(64) }), // as newer labs say it
        },
        ...(seed === 1 && {
          parts: { plan: "0".repeat(10), losses: "1".repeat(10), metrics: "2".repeat(10), loss: 2.5 },
        }),
        ...(seed === 2 && {
          parts: { plan: "0".repeat(10), losses: "1".repeat(10), metrics: "2".repeat(10) },
        }),
        end: {
          values: { "map/cross": 0.25 + c / 8 + seed / 64, "map/mono": 0.5 },
          perLanguage: { de: { "map/cross": 0.25 }, en: { "map/cross": 0.5, "map/mono": 0.5 } },
        },
        realised: { mono: 40, cross: 160, de: 800 },
        course: [
          { step: 0, metric: "map/cross", value: 0.125 },
          { step: 200, metric: "map/cross", value: 0.25 },
          { step: 200, metric: "ratio/mono", value: 0.2 },
        ],
      }),
    ),
  ),
  missing: [{ cell: "mono-50", seed: 1, why: "not run yet" }],
};
const file = studyResults(handStudy, result);
const read = (text: string) => parseStudyResults(JSON.parse(text), "study.json");

describe("a study's results in one file", () => {
  it("come back as they were: study, runs, and all that the card says", () => {
    const back = read(resultsText(file));
    expect(back.study).toEqual(handStudy);
    expect(back.result).toEqual(result);
    expect(analyse(back.study, back.result)).toEqual(analyse(handStudy, result));
    expect(resultsText(studyResults(back.study, back.result))).toBe(resultsText(file));
  });

  it("hold each evaluation once, and seven digits", () => {
    expect(file.measured).toHaveLength(8); // the start that all share, BM25, and six ends
    const [, run] = result.runs;
    const third = { ...run!, end: { values: { "map/cross": 1 / 3 }, perLanguage: {} } };
    const [rows] = studyResults(handStudy, { runs: [third], missing: [] }).measured.slice(1);
    expect(rows![0]).toContain(0.3333333);
  });

  it.each([
    [{ schema: "other" }, 'its "schema" must be "hybrid-batch-lab/study-results@1", got "other"'],
    [{ devices: [] }, "a run names device 0, of which there are 0"],
    [{ runs: [file.runs[0], file.runs[0]] }, "has the run cross.1 twice"],
    [{ runs: [{ ...file.runs[0], cell: "nowhere" }] }, "has a run of nowhere, which is no cell of it"],
    [{ languages: ["de"] }, "measured must have a row for all and for each of 1 languages"],
    [{ metrics: ["loss/mono"] }, "must be measures"],
    [{ runs: [{ ...file.runs[0], digest: "12" }] }, "runs.0.digest"],
    [
      { runs: [{ ...file.runs[0], parts: ["x".repeat(10), "1".repeat(10), "2".repeat(10), null] }] },
      "runs.0.parts.0",
    ],
    [{ runs: [{ ...file.runs[0], parts: ["0".repeat(10)] }] }, "runs.0.parts"],
    [{ made: [{ ...file.made[0]!, encoder: "<b>" }] }, "made.0.encoder"],
    [
      { runs: [{ ...file.runs[0], course: [{ metric: "map/cross", steps: [1], values: [] }] }] },
      "steps without a value",
    ],
  ])("are refused where they are not as written: %o", (change, message) => {
    expect(() => parseStudyResults({ ...file, ...(change as Partial<ResultsFile>) }, "study.json")).toThrow(
      message,
    );
  });
});
