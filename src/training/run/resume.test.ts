// Runs that are killed, left, paused and stopped, and gone on with: on wasm, and the rules on the cpu backend. On webgpu:
// resume.gpu.test.ts.
import { describe, expect, it } from "vitest";
import {
  killAt,
  RESUME_BASE,
  resumePorts,
  resumeSuite,
  runThrough,
} from "../../testing/engine/resumeSuite.ts";
import { openControl } from "../../testing/memoryPorts.ts";
import { memorySnapshots, type MemorySnapshots } from "../../testing/memorySnapshots.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { lastSnapshot } from "../snapshot/lastSnapshot.ts";
import type { Snapshot } from "../snapshot/snapshotFile.ts";
import type { RunOptions } from "./runExperiment.ts";

describe("on wasm", () => resumeSuite("wasm"));

const all = { data: { ...RESUME_BASE.data, liveQueries: 0 } };
const run = (
  options: RunOptions & { spec?: ExperimentSpec; snapshots?: MemorySnapshots },
  control: RunControl = openControl,
) => {
  const { spec = RESUME_BASE, snapshots, ...rest } = options;
  return runThrough(spec, { ...resumePorts("cpu"), ...(snapshots && { snapshots }) }, control, rest);
};
const last = async (snapshots: MemorySnapshots) =>
  (await lastSnapshot(snapshots, "memory", (sentence) => expect.fail(sentence)))!;

/** The lever at the gate before the given step, counted from where the run goes on. */
const pull = (step: number, what: "stopped" | "suspended"): RunControl => {
  let passed = -1;
  return {
    ...openControl,
    trainGate: () => Promise.resolve(void passed++),
    get [what]() {
      return passed >= step;
    },
  };
};

describe("a run that is left", () => {
  it("keeps a snapshot, makes no record, and goes on to the undisturbed digest", async () => {
    const { record: whole } = await run({});
    const snapshots = memorySnapshots();
    const left = await run({ snapshots }, pull(7, "suspended"));
    expect(left.events.at(-1)).toEqual({ type: "suspended", step: 7, kept: true });
    expect(left.record).toBeUndefined();
    const { record, events } = await run({ snapshots, from: await last(snapshots) });
    expect(record!.digest).toBe(whole!.digest);
    const restored = events.find(({ type }) => type === "restored");
    const before = whole!.points.filter(({ step, metric }) => step <= 7 && !metric.startsWith("perf/"));
    expect(restored).toMatchObject({ step: 7 });
    const points = restored?.type === "restored" ? restored.points : [];
    expect(points.filter(({ metric }) => !metric.startsWith("perf/"))).toEqual(before);
  });

  it.each([
    ["in the midst of an evaluation", 5, RESUME_BASE],
    ["in the midst of one that asks all", 10, { ...RESUME_BASE, ...all }],
    ["in the midst of the last one", 14, RESUME_BASE],
  ] as const)("%s, ends it at the next block, and makes it when it goes on", async (_, step, spec) => {
    const { record: whole } = await run({ spec });
    const snapshots = memorySnapshots();
    let [passed, gates] = [0, 0]; // steps begun, and gates behind the last one: the first is that of an evaluation
    const control: RunControl = {
      ...openControl,
      trainGate: () => Promise.resolve(void [passed++, (gates = 0)]),
      gate: () => Promise.resolve(void gates++),
      get suspended() {
        return passed >= step && gates > 0;
      },
    };
    const left = await run({ spec, snapshots }, control);
    expect(left.events.at(-1)).toEqual({ type: "suspended", step, kept: true });
    const told = left.events.flatMap((event) => (event.type === "points" ? event.points : []));
    expect(told.some((point) => point.step === step && point.metric === "map/multi")).toBe(false);
    const { record } = await run({ spec, snapshots, from: await last(snapshots) });
    expect(record!.digest).toBe(whole!.digest);
    const untimed = ({ metric }: { metric: string }) => !metric.startsWith("perf/");
    expect(record!.points.filter(untimed)).toEqual(whole!.points.filter(untimed));
  });

  it("says so where nothing could be kept", async () => {
    const full = { ...memorySnapshots(), write: () => Promise.reject(new Error("the disk is full")) };
    const { events } = await run({ snapshots: full }, pull(2, "suspended"));
    expect(events.slice(-2)).toEqual([
      {
        type: "notice",
        message: "Snapshots of this run cannot be kept: the disk is full. Training goes on without.",
      },
      { type: "suspended", step: 2, kept: false },
    ]);
    expect((await run({}, pull(2, "suspended"))).events.at(-1)).toMatchObject({ kept: false });
  });
});

describe("a run that is paused", () => {
  it("keeps a snapshot when the pause begins, not at each step by hand", async () => {
    const snapshots = memorySnapshots();
    let passed = 0;
    const control: RunControl = {
      ...openControl,
      trainGate: () => Promise.resolve(void passed++),
      get paused() {
        return passed >= 4 && passed < 9;
      },
    };
    const { record } = await run({ snapshots }, control);
    expect(snapshots.written).toEqual([4]);
    expect(record!.digest).toBe((await run({})).record!.digest);
  });
});

describe("a run that is stopped", () => {
  it.each([7, 5, 0])(
    "at step %i has one digest: by hand, by its number, and after going on",
    async (step) => {
      for (const spec of [RESUME_BASE, { ...RESUME_BASE, ...all }]) {
        const byHand = await run({ spec }, pull(step, "stopped"));
        expect(byHand.events.at(-1)).toMatchObject({ type: "finished", reason: "stopped" });
        const byNumber = await run({ spec, stopAt: step });
        expect(byNumber.record!.digest).toBe(byHand.record!.digest);
        const snapshots = memorySnapshots();
        await run({ spec, snapshots, checkpointEvery: { steps: 5 } }, pull(step, "suspended"));
        const again = await run({ spec, from: await last(snapshots), stopAt: step });
        expect(again.record!.digest).toBe(byHand.record!.digest);
      }
    },
  );
});

describe("a snapshot that does not belong", () => {
  const made = (async () => {
    const snapshots = memorySnapshots();
    await run({ snapshots, checkpointEvery: { steps: 4 } }, killAt(5));
    return last(snapshots);
  })();
  it.each<[string, (snapshot: Snapshot) => Partial<Snapshot>, string]>([
    [
      "of another device",
      ({ environment }) => ({ environment: { ...environment, adapter: "another" } }),
      "The snapshot of step 4 was made on cpu (another, lab undefined), this is cpu (plain JavaScript, lab undefined): the bits would differ; start a branch from it instead",
    ],
    [
      "of another spec",
      ({ spec }) => ({ spec: { ...spec, seed: 9 } }),
      "The snapshot of step 4 is of another run: its seed is 9, not 1",
    ],
    [
      "of other data",
      ({ environment }) => ({ environment: { ...environment, dataSha256: { small: "1".repeat(64) } } }),
      "was made with another dataset small (sha256 111111111111… then, 000000000000… here): it cannot go on",
    ],
    [
      "of another encoder",
      ({ environment }) => ({ environment: { ...environment, encoderSha256: "1".repeat(64) } }),
      "was made with another encoder (sha256 111111111111… then, ffffffffffff… here)",
    ],
    [
      "with a teacher",
      ({ environment }) => ({ environment: { ...environment, teacherSha256: "1".repeat(64) } }),
      "was made with another teacher (sha256 111111111111… then, … here)",
    ],
    ["of other pieces", () => ({ pieceIds: Int32Array.of(1) }), "has another vocabulary"],
  ])("%s is refused by name", async (_, change, message) => {
    const snapshot = await made;
    await expect(run({ from: { ...snapshot, ...change(snapshot) } })).rejects.toThrow(message);
  });
});
