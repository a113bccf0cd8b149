// What is put back behind a run whose page was gone, from tails of this lab and of older ones.
import { describe, expect, it } from "vitest";
import { storedTail } from "../../core/record/storedRun.ts";
import { testRecord } from "../../testing/testRecord.ts";
import { newRun, type Run } from "./run.ts";
import { readTail, runWithTail } from "./runTail.ts";

const { backend, adapter, versions } = testRecord.environment;
const DEVICE = { backend, adapter, versions, notes: ["no WebGPU"] };
const OF_RECORD = { ...DEVICE, notes: [] };
const init = { id: "a", name: "a", colour: 1, createdAt: 0, presetName: "hybrid", spec: testRecord.spec };
const cutOff = (part: Partial<Run>): Run => ({ ...newRun(init), status: "interrupted", step: 10, ...part });
const ended = { status: "finished", digest: testRecord.digest };
const END = storedTail({ points: [], record: testRecord });

describe("the end of a run in its tail", () => {
  it("leaves device and notices as they are listed where an older lab wrote it without them", () => {
    const run = cutOff({ device: DEVICE, notices: ["little data"] });
    expect(runWithTail(run, readTail([END]))).toMatchObject({
      ...ended,
      device: DEVICE,
      notices: ["little data"],
    });
  });

  it("names the record's device where none is listed: without one nothing is compared with it", () => {
    expect(runWithTail(cutOff({}), readTail([END]))).toMatchObject({
      ...ended,
      device: OF_RECORD,
      notices: [],
    });
    const told = storedTail({ points: [], record: testRecord, told: { notices: ["little data"] } });
    expect(runWithTail(cutOff({}), readTail([told]))).toMatchObject({
      ...ended,
      device: OF_RECORD,
      notices: ["little data"],
    });
  });

  it("is of what was told last, where the row is of the run's start", () => {
    const other = { ...DEVICE, notes: ["one thread"] };
    const told = storedTail({
      points: [],
      record: testRecord,
      told: { device: other, notices: ["little data"] },
    });
    expect(runWithTail(cutOff({ device: DEVICE }), readTail([told]))).toMatchObject({
      device: other,
      notices: ["little data"],
    });
  });

  it("is none where the part before it is broken: the run stays cut off", () => {
    const run = cutOff({ device: DEVICE });
    const points = storedTail({ points: [{ step: 12, metric: "loss/mono", value: 1, kind: "mono" }] });
    const broken = [points, { ...END, points: "none" }, END];
    expect(runWithTail(run, readTail(broken))).toMatchObject({ status: "interrupted", step: 12 });
  });
});
