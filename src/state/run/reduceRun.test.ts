import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { findColumn } from "../../core/record/pointColumns.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { TrainerEvent } from "../../workers/protocol.ts";
import { reduceRun } from "./reduceRun.ts";
import { detailOf, newRun, type Run } from "./run.ts";

const START = newRun({
  id: "r1",
  name: "Hybrid",
  colour: 0,
  createdAt: 0,
  spec: DEFAULT_SPEC,
  presetName: "hybrid",
});

/** The part of an event that differs; the run and the time stay. */
type Told = TrainerEvent extends infer E ? (E extends { runId: string } ? Omit<E, "runId"> : never) : never;

const after = (run: Run, ...events: Told[]): Run =>
  events.reduce((now, event, i) => reduceRun(now, { ...event, runId: "r1" }, 1000 * (i + 1)), run);

const progress = (done: number, total = 100): Told => ({
  type: "progress",
  progress: { phase: "train", done, total, unit: "steps" },
});

describe("reduceRun", () => {
  it("follows the worker's states until the run has ended", () => {
    const running = after(START, { type: "state", state: "running" });
    expect(running.status).toBe("running");
    expect(after(running, { type: "state", state: "paused" }).status).toBe("paused");
    const failed = after(running, {
      type: "failed",
      error: { kind: "device", name: "DeviceLost", message: "the device was lost" },
    });
    expect(failed).toMatchObject({ status: "failed", error: { message: "the device was lost" } });
    expect(after(failed, { type: "state", state: "running" }).status).toBe("failed");
  });

  it("takes points into columns, summary and step, and leaves the old run alone", () => {
    const once = after(START, { type: "points", points: [{ step: 0, metric: "map/multi", value: 0.1 }] });
    const twice = after(once, {
      type: "points",
      points: [
        { step: 30, metric: "map/multi", value: 0.2 },
        { step: 30, metric: "map/multi", value: 0.7, lang: "sw" },
      ],
    });
    expect(twice.step).toBe(30);
    expect(twice.summary["map/multi"]).toEqual({ before: 0.1, now: 0.2, step: 30 });
    expect(findColumn(detailOf(twice).points, "map/multi")).toMatchObject({ values: [0.1, 0.2], length: 2 });
    expect(findColumn(detailOf(once).points, "map/multi")!.length).toBe(1);
    expect(detailOf(START).points.size).toBe(0);
  });

  it("keeps when a phase began, and begins anew when it starts over", () => {
    const run = after(START, progress(10), progress(20), progress(50));
    expect(run.live?.phases.train).toEqual({
      done: 50,
      total: 100,
      unit: "steps",
      startedAt: 1000,
      startedDone: 10,
      updatedAt: 3000,
    });
    expect(run.step).toBe(50);
    const again = after(run, progress(0));
    expect(again.live?.phases.train).toMatchObject({ startedAt: 1000, startedDone: 0, updatedAt: 1000 });
  });

  it("learns the total of a phase without starting its clock again", () => {
    const run = after(START, progress(0, 0), progress(5, 100));
    expect(run.live?.phases.train).toMatchObject({ startedAt: 1000, total: 100 });
  });

  it("keeps the matrix of step 0 beside the present one", () => {
    const matrix = (value: number) => ({ en: { en: value } });
    const run = after(
      START,
      { type: "matrix", step: 0, matrix: matrix(0.1) },
      { type: "matrix", step: 30, matrix: matrix(0.4) },
    );
    expect(detailOf(run).matrixBefore).toEqual({ step: 0, matrix: matrix(0.1) });
    expect(detailOf(run).matrix).toEqual({ step: 30, matrix: matrix(0.4) });
  });

  it("tells a notice once, and at most fifty", () => {
    const notice = (message: string): Told => ({ type: "notice", message });
    expect(after(START, notice("a"), notice("a"), notice("b")).notices).toEqual(["a", "b"]);
    const many = Array.from({ length: 80 }, (_, i) => notice(`notice ${i}`));
    expect(after(START, ...many).notices).toHaveLength(50);
  });

  it("ends with the record, finished or stopped", () => {
    const record = { digest: "d" } as RunRecord; // only handed through
    const stopping = { ...START, live: { phases: {}, stopRequested: true } };
    const stopped = after(stopping, { type: "finished", reason: "stopped", record });
    expect(stopped).toMatchObject({ status: "stopped", live: { stopRequested: false }, detail: { record } });
    expect(after(START, { type: "finished", reason: "completed", record }).status).toBe("finished");
  });
});
