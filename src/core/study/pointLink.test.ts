// A run of a study as a link.
import { expect, it } from "vitest";
import { decodeLink } from "../spec/link.ts";
import { STUDY, trainedFor } from "../../testing/studyBench.ts";
import { collectRun } from "./collectRun.ts";
import { pointLink } from "./pointLink.ts";
import { studyRuns } from "./studyRuns.ts";

it("asks for the run's own experiment, and says what it gave", () => {
  for (const run of studyRuns(STUDY)) {
    const { record } = trainedFor(run);
    const { spec, expected, problems } = decodeLink(pointLink(STUDY, collectRun(run, record)));
    expect([problems, spec]).toEqual([[], run.spec]);
    expect(expected).toMatchObject({
      digest: record.digest.slice(0, 16),
      backend: "wasm",
      map: { multi: 0.3438 },
    });
  }
});

it("promises nothing where a number is missing", () => {
  const [run] = studyRuns(STUDY);
  const collected = collectRun(run!, trainedFor(run!).record);
  const { rankDistance: _, ...values } = collected.end.values;
  expect(
    decodeLink(pointLink(STUDY, { ...collected, end: { ...collected.end, values } })).expected,
  ).toBeUndefined();
});
