import { expect, it } from "vitest";
import { testRecord, testValues } from "../testing/testRecord.ts";
import { runVerdict } from "./runVerdict.ts";

const points = [
  { step: 0, metric: "map/cross", value: 0.125 },
  { step: 20, metric: "map/cross", value: 0.25 },
];
const record = { ...testRecord, points: [...points, ...testRecord.points] };

it("says of one record what the page says, and why it says nothing of chance", () => {
  expect(runVerdict({ record, queryValues: testValues })).toBe(
    "One seed, 2 languages. Answers in the other language: .125 → .250; whether that is chance cannot be said, since the values of single questions are not kept.",
  );
  // three question groups
  expect(runVerdict({ record, queryValues: testValues, startValues: testValues })).toContain(
    ".125 → .250; too few independent questions to say whether that is chance.",
  );
  expect(runVerdict({ record: { ...record, stoppedAt: 10 } })).toMatch(
    /^Stopped at step 10 of 20, one seed, 2 languages\./,
  );
});
