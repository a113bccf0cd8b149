// One trainer of a study, against workers in this process.
import { describe, expect, it } from "vitest";
import { createFakeLab, settle } from "../../testing/fakeLab.ts";
import { RECORD, CADENCE } from "../../testing/runBench.ts";
import { testValues } from "../../testing/testRecord.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { DEVICE_LOST } from "../../core/machineError.ts";
import { createLane } from "./lane.ts";

const run = { runId: "study-1.a.0", spec: DEFAULT_SPEC };
const { runId } = run;

function bench(
  answers: Parameters<typeof createFakeLab>[0] = {},
  cadence: typeof CADENCE | undefined = CADENCE,
) {
  const fake = createFakeLab(answers);
  const steps: number[] = [];
  const lane = createLane(fake.client, () => cadence);
  const trained = lane.train(run, { onStep: (step) => steps.push(step), onDevice: () => undefined });
  const starts = () => fake.asked.filter(({ name }) => name === "start").map(({ params }) => params);
  return { ...fake, lane, trained, steps, starts };
}

const finished = { type: "finished", runId, reason: "completed", record: RECORD } as const;
const lost = { kind: "device", name: DEVICE_LOST, message: "the device was lost" } as const;

describe("a lane", () => {
  it("gives a run's record with what its numbers are means of, and lets its snapshots go", async () => {
    const { trained, tell, starts, steps, asked } = bench();
    await settle();
    expect(starts()).toEqual([{ ...run, paused: false, cadence: CADENCE }]);
    tell({ type: "startValues", runId, key: "k", values: testValues });
    tell({ type: "progress", runId, progress: { phase: "evaluate", done: 5, total: 9, unit: "queries" } });
    tell({ type: "progress", runId, progress: { phase: "train", done: 3, total: 9, unit: "steps" } });
    tell({
      type: "progress",
      runId: "another",
      progress: { phase: "train", done: 7, total: 9, unit: "steps" },
    });
    tell({ type: "queryValues", runId, values: testValues });
    tell(finished);
    const values = testValues;
    expect(await trained).toEqual({ record: RECORD, queryValues: values, start: { key: "k", values } });
    expect(steps).toEqual([3]);
    expect(asked.at(-1)).toEqual({ name: "forgetSnapshots", params: { runIds: [runId] } });
  });

  it("has baselines measured at the end of a run that is asked for them, and does without where they cannot be", async () => {
    const values = { values: { "map/mono": 0.5 }, perLanguage: {} };
    const start = { languageMeans: values, shift: values };
    const made = { start, texts: {}, pivot: "en", digest: "a".repeat(64) };
    for (const baselines of [() => made, undefined]) {
      const fake = createFakeLab({ ...(baselines && { baselines }) });
      const lane = createLane(fake.client, () => CADENCE);
      const events = { onStep: () => undefined, onDevice: () => undefined };
      const trained = lane.train({ ...run, baselines: true }, events);
      await settle();
      fake.tell(finished);
      expect(await trained).toEqual({ record: baselines ? { ...RECORD, baselines: made } : RECORD });
      expect(fake.asked).toContainEqual({ name: "baselines", params: { runId } });
    }
  });

  it("goes on from a snapshot, and without it where that cannot be", async () => {
    const { trained, tell, starts } = bench({ listSnapshots: () => [{ runId, step: 40 }] });
    await settle();
    expect(starts()).toMatchObject([{ goOn: true }]);
    tell({
      type: "failed",
      runId,
      error: { kind: "input", name: "SpecError", message: "of another format" },
    });
    await settle();
    tell(finished);
    expect(await trained).toEqual({ record: RECORD });
  });

  it("goes on once in the trainer that takes the place of a lost one, then says why it failed", async () => {
    const { trained, tell, starts } = bench();
    await settle();
    for (const times of [1, 2]) {
      expect(starts()).toHaveLength(times);
      tell({ type: "failed", runId, error: lost }); // which ends the worker
      await settle();
      await settle();
    }
    expect(await trained).toEqual({ error: lost });
  });

  it("tells a refusal, and a crash of its workers", async () => {
    const refusing = bench({
      start: () => {
        throw new Error("no such encoder");
      },
    });
    expect(await refusing.trained).toMatchObject({ error: { message: "no such encoder" } });
    const { trained, crash } = bench();
    await settle();
    crash("out of memory");
    expect(await trained).toMatchObject({ error: { name: "WorkerCrash", message: "out of memory" } });
  });

  it("is left with a snapshot of what it trains, at once where there is nothing to keep", async () => {
    const { lane, tell, asked, disposed } = bench();
    await settle();
    tell({ type: "progress", runId, progress: { phase: "train", done: 3, total: 9, unit: "steps" } });
    await settle();
    const left = lane.leave();
    await settle();
    expect([asked.at(-1)!.name, disposed()]).toEqual(["pause", false]);
    tell({ type: "snapshot", runId, step: 3 });
    await left;
    expect(disposed()).toBe(true);
    for (const idle of [bench(), bench({}, undefined)]) {
      await settle();
      await idle.lane.leave();
      expect(idle.disposed()).toBe(true);
    }
  });
});
