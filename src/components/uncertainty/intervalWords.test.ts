import { NO_POINTS } from "../../core/record/pointColumns.ts";
import { describe, expect, it } from "vitest";
import { newRun, type LoadedDetail } from "../../state/run/run.ts";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { changeRangeText, intervalNote, languagesSentence, rangeText, verdictOf } from "./intervalWords.ts";
import { chanceText, scoreText } from "../words/numberText.ts";

const run = newRun({
  id: "a",
  name: "A",
  colour: 0,
  createdAt: 0,
  presetName: "hybrid",
  spec: testRecord.spec,
});
const DETAIL = { state: "loaded", points: NO_POINTS, record: testRecord } as const;
const difference = { estimate: 0.012, low: 0.004, high: 0.02, p: 0.003, clusters: 357 };

describe("a difference in words", () => {
  it("names chance and range", () => {
    expect([0.00049, 0.001, 0.2].map(chanceText)).toEqual([
      "p\u00a0<\u00a0.001",
      "p\u00a0=\u00a0.001",
      "p\u00a0=\u00a0.200",
    ]);
    expect(rangeText({ low: 0.4, high: 0.424 }, scoreText)).toBe(".400–.424");
  });

  it("calls a change good or bad only where its interval leaves 0 out, and never where neither is better", () => {
    const verdicts = (path: string) =>
      [
        { low: 0.001, high: 0.02 },
        { low: -0.02, high: -0.001 },
        { low: -0.001, high: 0.02 },
        { low: 0, high: 0.02 },
      ].map((range) => verdictOf(path, range));
    expect(verdicts("map/cross")).toEqual(["good", "bad", undefined, undefined]);
    expect(verdicts("rankDistance")).toEqual(["bad", "good", undefined, undefined]);
    expect(verdicts("sameLanguageBase")).toEqual([undefined, undefined, undefined, undefined]);
    expect(changeRangeText({ low: -0.004, high: 0.02 }, scoreText)).toBe("[−.004, +.020]");
  });

  it("counts languages by their corrected chance", () => {
    const languages = [
      { ...difference, pHolm: 0.01 },
      { ...difference, estimate: -0.1, pHolm: 0.04 },
      { ...difference, p: 0.03, pHolm: 0.06 },
    ];
    expect(languagesSentence("map/multi", languages)).toMatch(
      /^By language: better in 1, worse in 1, undecided in 1 of 3 /,
    );
    expect(languagesSentence("sameLanguageShare", languages)).toMatch(/better in 1, worse in 1/);
  });
});

describe("the note under the key numbers", () => {
  const interval = { estimate: 0.3, low: 0.2, high: 0.4, clusters: 1190 };
  it("says over what the ranges are, and that seeds are another matter", () => {
    const ended = { ...run, status: "finished", detail: { ...DETAIL, queryValues: testValues } } as const;
    expect(intervalNote(ended, { "map/multi": { overall: interval, byLanguage: {} } })).toMatch(
      /^Ranges: 95 % over 1,190 question groups, seed 7 only/,
    );
    expect(intervalNote(ended, undefined)).toBe("Intervals are being computed…");
    expect(intervalNote(ended, { "map/multi": { byLanguage: {} } })).toContain("fewer than 10");
  });

  it("says what a colour of a change means, and why there is none without the values before training", () => {
    const intervals = { "map/multi": { overall: interval, byLanguage: {} } };
    const noteOf = (detail: LoadedDetail, changes?: "unpaired") =>
      intervalNote({ ...run, status: "finished", detail }, intervals, changes);
    const whole = { ...DETAIL, queryValues: testValues };
    expect(noteOf(whole)).toContain("no range and no colour: the values before training are not kept");
    expect(noteOf({ ...whole, startValues: testValues })).toContain("only where that leaves 0 out");
    expect(noteOf({ ...whole, startValues: testValues }, "unpaired")).toContain("was asked other questions");
  });

  it("says why there are none", () => {
    expect(intervalNote(run, undefined)).toContain("at the end of the run");
    expect(intervalNote({ ...run, status: "failed" }, undefined)).toContain(
      "did not come to its final evaluation",
    );
    expect(intervalNote({ ...run, status: "finished", detail: DETAIL }, undefined)).toContain(
      "not kept with this run",
    );
  });
});
