// A rule against what was made from its own way: its family, its sentences, and the headline where it gains nothing.
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
  const { headline, parts } = studyCard(study, analysis);
  return { analysis, headline, sentences: parts.find(({ head }) => head === "Found")!.sentences };
};

it("holds a rule against its own mean and its own way back, and controls against nothing else", () => {
  const { analysis, headline, sentences } = found(below(0.02, 0.01), below(0, 0.001));
  expect(analysis.metrics[0]!.rows.map(({ cell, against }) => [cell, against !== undefined])).toEqual([
    ["cross", false],
    ["rule", true],
    ["mean", false],
    ["back", false],
  ]);
  expect(sentences).toContain(
    "Each rule against its own mean held fixed, Cr mAP, 6 seeds, p over all 2 comparisons: “rule” +.025 [.020, .030], p .031, better.",
  );
  expect(sentences.find((one) => one.startsWith("Each rule against its own way backwards"))).toMatch(
    /: “rule” \+\.0005 \[\.0000, \.0010\], p [\d.]+, (undecided|no difference)/,
  );
  expect(headline).toContain("“rule”: +.025"); // against cross
});

it("says first that no rule beats its own mean, where none does", () => {
  const { headline } = found(below(0, 0.001), below(0.02, 0.01));
  expect(headline).toMatch(
    /^No rule is shown to beat its own mean held fixed in Cr mAP: of 1, 1 is within \.010\. Ahead is “rule”: \+\.0005 /,
  );
});

it("says nothing of it in a study without such controls", () => {
  const { metrics } = analyse(handStudy, handResult({ cross: RULE, "mono-20": RULE }));
  expect(metrics.every(({ ownControls }) => ownControls === undefined)).toBe(true);
});
