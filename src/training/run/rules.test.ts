// Rules in a run: on wasm as on the cpu backend; what is told of them; branches; a hand. On webgpu: rules.gpu.test.ts.
import { describe, expect, it } from "vitest";
import type { RunControl } from "../../core/run/control.ts";
import { ofKinds, type Ratio } from "../../core/spec/batchKind.ts";
import { type RunRecord, writtenRecord } from "../../core/record/runRecord.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { resumePorts, runThrough } from "../../testing/engine/resumeSuite.ts";
import { ruledSpec, rulesSuite } from "../../testing/engine/rulesSuite.ts";
import { openControl } from "../../testing/memoryPorts.ts";
import { memorySnapshots } from "../../testing/memorySnapshots.ts";
import { lastSnapshot } from "../snapshot/lastSnapshot.ts";
import type { RunOptions } from "./runExperiment.ts";

describe("on wasm", () => rulesSuite("wasm", ["exp3", "gradNorm, layers", "a mix and weights"]));
describe("on the cpu backend", () => rulesSuite("cpu"));

const run = async (spec: ExperimentSpec, options: RunOptions = {}, control: RunControl = openControl) => {
  const { record, events, resources } = await runThrough(spec, resumePorts("cpu"), control, options);
  resources!.model.dispose();
  return { record: record!, events };
};
const told = ({ points }: RunRecord, metric: string) =>
  points.flatMap((point) => (point.metric === metric ? [[point.step, point.value]] : []));

describe("what is told of a mix that moves", () => {
  it("is what was asked from the start on, and at each decision when it comes into force", async () => {
    const { record } = await run(ruledSpec({ "batch.schedule": "exp3", "rule.rate": "0.5" }));
    const asked = record.trajectory!.map(({ step, ratio }) => [step, ratio!.mono]);
    expect(told(record, "mix/mono")).toEqual([[0, 0.5], ...asked]);
    expect(told(record, "ratio/mono").map(([step]) => step)).toEqual([8, 16, 24]); // what was drawn, at evaluations
    expect(told(record, "mix/multi")).toEqual([]);
    const floor = record.trajectory!.map(({ ratio }) => Math.min(ratio!.mono, ratio!.cross));
    expect(Math.min(...floor)).toBeGreaterThanOrEqual(0.1);
  });

  it("is of weights too, and of both by the step alone", async () => {
    const { record } = await run(
      ruledSpec({ "loss.weighting": "random", "batch.schedule": "drawn", "batch.curve": "0,1:1,0:0,1" }),
    );
    expect(record.trajectory).toBeUndefined();
    expect(told(record, "mix/cross")).toEqual(
      // places on a curve are kept to a millionth
      [0, 3, 6, 9, 12, 15, 18, 21].map((step) => [step, Math.round((step / 23) * 1e6) / 1e6]),
    );
    const weights = told(record, "weight/mono");
    expect(weights.map(([step]) => step)).toEqual([0, 3, 6, 9, 12, 15, 18, 21]);
    expect(new Set(weights.map(([, weight]) => weight)).size).toBe(8);
  });

  it("is nothing where nothing but an older schedule moves it", async () => {
    const { record } = await run(ruledSpec({ "batch.schedule": "linear" }));
    expect([record.trajectory, told(record, "mix/mono"), told(record, "weight/mono")]).toEqual([
      undefined,
      [],
      [],
    ]);
  });

  it("comes back from a record's file", async () => {
    const { record } = await run(ruledSpec({ "batch.schedule": "exp3", "loss.weighting": "dwa" }));
    expect(parseRunRecord(JSON.parse(JSON.stringify(writtenRecord(record))), "run.json")).toEqual(record);
    for (const damaged of [
      [{ step: 3 }],
      [{ step: 3, ratio: { mono: 1 } }],
      [...record.trajectory!].reverse(),
    ]) {
      const written = { ...writtenRecord(record), trajectory: damaged };
      expect(() => parseRunRecord(JSON.parse(JSON.stringify(written)), "run.json")).toThrow("trajectory");
    }
  });
});

describe("a loss weight that moves", () => {
  it("is that of the batch: all on one kind trains as that kind's batches alone would", async () => {
    const one = ruledSpec({ "loss.weighting": "drawn", "loss.curve": "0:1" });
    const other = ruledSpec({ "loss.weights": "mono:1" });
    const losses = ({ record }: { record: RunRecord }) => told(record, "loss/mono");
    expect(losses(await run(one))).toEqual(losses(await run(other)));
    expect(losses(await run(one))).not.toEqual(losses(await run(ruledSpec({}))));
  });
});

describe("a branch of a run whose rule decides", () => {
  const parentSpec = ruledSpec({ "batch.schedule": "exp3", "rule.rate": "0.5" });
  const parent = { spec: parentSpec, step: 14, digest: "" };

  it("has one digest: from a snapshot, after its parent's rule again, and from its parent's decisions", async () => {
    const spec = ruledSpec({ "loss.weighting": "dwa", "rule.every": "2", steps: "30" });
    const snapshots = memorySnapshots();
    const ports = { ...resumePorts("cpu"), snapshots };
    const stop = { checkpointEvery: { steps: 14 }, stopAt: 14 };
    const kept = await runThrough(parentSpec, ports, openControl, stop);
    kept.resources!.model.dispose();
    const from = (await lastSnapshot(snapshots, "memory", (why) => expect.fail(why)))!;
    const { record } = await run(spec, { parent, from });
    expect((await run(spec, { parent })).record.digest).toBe(record.digest);
    // Its own decisions begin at its own steps, and its parent's that would have held later are gone.
    expect(record.trajectory!.map(({ step }) => step)).toEqual([23, 25, 27, 29]); // decided at 16, 18, 20, 22
    expect(record.trajectory!.every(({ ratio }) => ratio === undefined)).toBe(true);
    expect(record.parent!.trajectory!.map(({ step }) => step)).toEqual([10, 13]);
    const again = { parent: record.parent!, trajectory: record.trajectory! };
    expect((await run(spec, again)).record.digest).toBe(record.digest);
    const { trajectory: _, ...forgetful } = again.parent;
    const other = { ...forgetful, spec: ruledSpec({ "batch.schedule": "ado" }) };
    expect((await run(spec, { parent: other })).record.digest).not.toBe(record.digest);
  });
});

/** A hand that wishes for mixes before the steps of given numbers. */
function wishing(wishes: Readonly<Record<number, Partial<Ratio>>>): RunControl {
  let passed = -1;
  let wish: Ratio | undefined;
  return {
    ...openControl,
    trainGate() {
      const next = wishes[++passed];
      if (next) wish = ofKinds(next);
      return Promise.resolve();
    },
    takeMixWish() {
      const taken = wish;
      wish = undefined;
      return taken;
    },
  };
}

describe("a mix that is driven by hand", () => {
  const still = ruledSpec({ "batch.ratio": "mono:1" });

  it("holds from the first batch that is not drawn, and its record gives the run again", async () => {
    const hand = wishing({ 2: { cross: 1 }, 9: { mono: 0.333, cross: 0.667 } });
    const { record } = await run(still, {}, hand);
    // Wished for before batch 2, taken after it: 3 are trained, and 10 is the first that is not drawn.
    expect(record.trajectory).toEqual([
      { step: 10, ratio: ofKinds({ cross: 1 }) },
      { step: 17, ratio: ofKinds({ mono: 0.33, cross: 0.67 }) }, // whole per cent
    ]);
    const kinds = record.points.flatMap(({ metric, step, kind }) =>
      metric.startsWith("loss/") ? [[step, kind]] : [],
    );
    expect(kinds.slice(0, 17)).toEqual(
      Array.from({ length: 17 }, (_, i) => [i + 1, i < 10 ? "mono" : "cross"]),
    );
    expect(told(record, "mix/cross")).toEqual([
      [10, 1],
      [17, 0.67],
    ]);
    expect((await run(still, { trajectory: record.trajectory! })).record.digest).toBe(record.digest);
  });

  it("counts a kind that the hand asks for later from then on, in its record as when it is run again", async () => {
    const hand = wishing({ 2: { cross: 1 }, 9: { mono: 0.4, multi: 0.6 } }); // in force from 10 and 17 on
    const { record } = await run(still, {}, hand);
    const counted = (kind: string) => told(record, `ratio/${kind}`).map(([step]) => step);
    expect([counted("cross"), counted("multi")]).toEqual([
      [8, 16, 24],
      [16, 24],
    ]);
    expect((await run(still, { trajectory: record.trajectory! })).record.digest).toBe(record.digest);
  });

  it("takes over from a recorded drive", async () => {
    const trajectory = [
      { step: 5, ratio: ofKinds({ cross: 1 }) },
      { step: 15, ratio: ofKinds({ mono: 1 }) },
    ];
    const { record } = await run(still, { trajectory }, wishing({ 4: { mono: 0.5, cross: 0.5 } }));
    expect(record.trajectory).toEqual([
      trajectory[0],
      { step: 12, ratio: ofKinds({ mono: 0.5, cross: 0.5 }) },
    ]);
  });

  it("keeps the last mix where the data cannot fill another", async () => {
    const alone = ruledSpec({ "batch.ratio": "mono:1", "languages.train": "de" });
    const { record, events } = await run(alone, {}, wishing({ 2: { mono: 0.5, cross: 0.5 } }));
    expect(record.trajectory).toBeUndefined();
    expect(events.filter(({ type }) => type === "notice")).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(
          "cross-lingual batches need 2 languages in a batch, got 1",
        ) as string,
      }),
    ]);
  });
});
