// A rule against what was made from its own way: its families, its sentences, and the headline where it gains nothing.
import { expect, it } from "vitest";
import { handResult, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "../analysis/analyse.ts";
import type { Study } from "../study.ts";
import { studyCard } from "./studyCard.ts";

const [cross, mixed] = handStudy.cells;
const rule = { name: "rule", label: "rule", changes: { ...mixed!.changes, "batch.schedule": "exp3" } };
const study: Study = {
  ...handStudy,
  cells: [
    cross!,
    rule,
    { name: "mean", label: "mean", changes: {}, controlOf: "rule", made: "mean" },
    { name: "back", label: "back", changes: {}, controlOf: "rule", made: "reversed" },
  ],
};
const RULE = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
/** Below the rule by so much, and by so much more in every second seed. */
const below = (by: number, more: number) => RULE.map((value, i) => value - by - (i % 2) * more);
const found = (mean: readonly number[], back: readonly number[]) => {
  const result = handResult({ cross: below(0.02, 0.01), rule: RULE, mean, back });
  const analysis = analyse(study, result);
  const { headline, parts, details } = studyCard(study, analysis);
  const sentencesOf = (head: string) =>
    [...parts, ...details].find((part) => part.head === head)?.sentences ?? [];
  return { analysis, headline, sentencesOf };
};

it("holds a rule against its own mean and its own way back, each a family, and controls against nothing else", () => {
  const { analysis, headline, sentencesOf } = found(below(0.02, 0.01), below(0, 0.001));
  expect(
    analysis.metrics[0]!.families.map(({ asks, pairs }) => [
      asks,
      pairs.map(({ cell, other }) => `${cell} ${other}`),
    ]),
  ).toEqual([
    ["mean", ["rule mean"]],
    ["reversed", ["rule back"]],
    ["control", ["rule cross"]],
  ]);
  expect(sentencesOf("Found")[0]).toBe(
    "Of 1 rule against its own mean held fixed in Cr mAP, 1 is better: “rule” +.025 [.020, .030]. (6 seeds, 95 % intervals by sign flips.)",
  );
  expect(sentencesOf("Found")).toContain(
    "Against its own way backwards (1 rule): 1 with no difference that counts.",
  );
  expect(sentencesOf("Other comparisons")[0]).toBe(
    "Of 1 rule against its own way backwards in Cr mAP, 1 has no difference larger than .010: “rule” +.0005 [.0000, .0010]. (6 seeds, 95 % intervals by sign flips.)",
  );
  expect(headline).toBe(
    "1 of 1 rule beats its own mean held fixed in Cr mAP; best is “rule”: +.025 [.020, .030] (6 seeds, 95 % interval by sign flips, p .031).",
  );
});

it("says first that no rule beats its own mean, where none does", () => {
  const { headline } = found(below(0, 0.001), below(0.02, 0.01));
  expect(headline).toMatch(
    /^No rule is shown to beat its own mean held fixed in Cr mAP: of 1, 1 has no difference larger than \.010\. Ahead is “rule”: \+\.0005 /,
  );
});

it("says of a difference below δ that it is too little to count", () => {
  const { headline } = found(below(0.0002, 0.0002), below(0.02, 0.01));
  expect(headline).toBe(
    "1 of 1 rule beats its own mean held fixed in Cr mAP, but by less than .010, too little to count; best is “rule”: +.0003 [.0002, .0004] (6 seeds, 95 % interval by sign flips, p .031).",
  );
});

it("says nothing of it in a study without such controls", () => {
  const { metrics } = analyse(handStudy, handResult({ cross: RULE, "mono-20": RULE }));
  expect(metrics.map(({ families }) => families.map(({ asks }) => asks))).toEqual(
    metrics.map(() => ["control"]),
  );
});
