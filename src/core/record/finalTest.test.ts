// A final test is marked, is of its run, and leaves the run's digest alone.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { compareRecords } from "./compareRuns.ts";
import { digestOf } from "./digest.ts";
import { closeFinalTest, fitsFinalTest, noFinalTest } from "./finalTest.ts";
import { misfitsOf } from "./misfits.ts";
import { parseRunRecord } from "./parseRunRecord.ts";
import { writtenRecord, type RunRecord } from "./runRecord.ts";

const run: RunRecord = { ...testRecord, digest: digestOf(testRecord) };
const result = { ...run.final, pool: run.final.pool + 1 };
const tested: RunRecord = { ...run, finalTest: closeFinalTest(result, run.digest) };
const said = (record: RunRecord) =>
  misfitsOf({ record }).filter((sentence) => sentence.includes("final test"));
const read = (record: RunRecord) =>
  parseRunRecord(JSON.parse(JSON.stringify(writtenRecord(record))), "a.json");

describe("a record with a final test", () => {
  it("reads as it was written, and has the digest that it had without", () => {
    expect(read(tested)).toEqual(tested);
    expect(digestOf(tested)).toBe(run.digest);
    expect(compareRecords(run, tested, true)).toEqual({ verdict: "repeated", differences: [] });
    expect(writtenRecord(run)).not.toHaveProperty("finalTest");
  });

  it("does not fit where its numbers, or the run it is said to be of, are others", () => {
    expect(said(tested)).toEqual([]);
    const altered = { ...tested.finalTest!, result: { ...result, pool: 1 } };
    const ofAnother = closeFinalTest(result, "0".repeat(64));
    for (const finalTest of [altered, ofAnother]) {
      expect(fitsFinalTest(finalTest, run.digest)).toBe(false);
      expect(said({ ...run, finalTest })).toEqual([
        "the digest of its final test is not the one of its numbers",
      ]);
    }
  });

  it("is refused where the test is none", () => {
    const broken = { ...writtenRecord(tested), finalTest: { part: "dev", result: {}, digest: "" } };
    expect(() => parseRunRecord(broken, "a.json")).toThrow("a.json: finalTest.");
  });
});

it("a run has one where it was evaluated on dev, once", () => {
  const on = (path: "data.split" | "data.eval", value: string) =>
    noFinalTest(withPath(DEFAULT_SPEC, path, value), undefined);
  expect([noFinalTest(DEFAULT_SPEC, undefined), on("data.split", "dev")]).toEqual([undefined, undefined]);
  expect(noFinalTest(DEFAULT_SPEC, tested.finalTest)).toMatch(/has had its final test/);
  expect([on("data.split", "heldOut"), on("data.eval", "xquad-r")]).toEqual([
    "this run is evaluated on test already",
    "this run is evaluated on test already",
  ]);
  expect(on("data.split", "all")).toMatch(/all rows/);
});
