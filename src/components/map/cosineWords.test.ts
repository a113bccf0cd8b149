// The finding is said with its numbers; a pair of languages has two.
import { expect, it } from "vitest";
import type { CosineView } from "../../core/run/views.ts";
import { countCosine, noCosines } from "../../core/stats/cosineCounts.ts";
import { cosineSample, findingWords, medianWords, withLanguage } from "./cosineWords.ts";

function counted(...cosines: number[]) {
  const counts = noCosines();
  for (const cosine of cosines) countCosine(counts, cosine);
  return counts;
}

const VIEW: CosineView = {
  runId: "a",
  step: 5,
  choice: {},
  languages: ["de", "th"],
  concepts: 2,
  questions: 4,
  passages: 4,
  groups: {
    meaning: { before: counted(0.1), now: counted(0.5) },
    language: { before: counted(0.2, 0.3, 0, 0.4), now: counted(0.2, 0.3, 0, 0.4) },
    neither: { before: counted(0), now: counted(0) },
  },
};

it("tells how often meaning wins, before and now", () => {
  // 0.1 beats one of four, 0.5 all four
  expect(findingWords(VIEW)).toBe(
    "A right answer in another language is nearer than a wrong one in the question’s own in 25.0\u00a0% of cases before training and in 100.0\u00a0% now (AUC; 50\u00a0%: by chance).",
  );
  expect(findingWords({ ...VIEW, choice: { query: "de", passage: "th" } })).toMatch(
    /^A right answer in Thai is nearer than a wrong one in German in 25/,
  );
  const none = { before: counted(), now: counted() };
  expect(findingWords({ ...VIEW, groups: { ...VIEW.groups, meaning: none } })).toMatch(
    /no such pairs here\.$/,
  );
});

it("tells medians, before and now", () => {
  // between bins: of .1005 and .1015, and of .5005 and .5015
  const meaning = { before: counted(0.1002, 0.1012), now: counted(0.5002, 0.5012) };
  expect(medianWords({ ...VIEW, groups: { ...VIEW.groups, meaning } }, "meaning")).toBe(".101 → .501");
  const none = { before: counted(), now: counted() };
  expect(medianWords({ ...VIEW, groups: { ...VIEW.groups, neither: none } }, "neither")).toBe("");
});

it("says what n is", () => {
  expect(cosineSample(VIEW, "Run", 3)).toBe(
    "Run: 4 questions and 4 passages of 2 concepts of the evaluation; n = 1, 4, 1 pairs in the order of the legend; seed 3 only: no interval.",
  );
});

it("chooses two different languages, or fewer", () => {
  expect(withLanguage({}, "query", "de")).toEqual({ query: "de" });
  expect(withLanguage({ query: "de" }, "passage", "th")).toEqual({ query: "de", passage: "th" });
  expect(withLanguage({ query: "de", passage: "th" }, "query", "th")).toEqual({ query: "th" });
  expect(withLanguage({ query: "de", passage: "th" }, "query", undefined)).toEqual({ passage: "th" });
});
