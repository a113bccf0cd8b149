// Branches of runs of this browser: how they are asked for, named, summed up, and brought together with their parents.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { recordJson } from "../core/export/recordJson.ts";
import { branchDigest } from "../core/record/branchDigest.ts";
import { digestOf } from "../core/record/digest.ts";
import { withPath } from "../core/spec/spec.ts";
import { settle } from "../testing/fakeLab.ts";
import { begin, bench, HYBRID, multi, RECORD, rest } from "../testing/runBench.ts";
import { branchSpec, parentAt } from "./run/branching.ts";
import { courseOfRun, detailOf, newRun } from "./run/run.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

describe("a run", () => {
  it("branches off another one: with its digest, named after it, and only where a branch can be", async () => {
    const { store, runs, tell, asked } = bench();
    await begin(store);
    const { id } = runs()[0]!;
    const points = [...RECORD.points, { step: 1, metric: "loss/mono", value: 2 }];
    tell({ type: "finished", runId: id, reason: "completed", record: { ...RECORD, points, format: 3 } });
    await settle();
    const { spec } = runs()[0]!;
    const branch = { ...HYBRID, parent: parentAt(runs()[0]!, 3), parentId: id };
    const child = withPath(spec, "steps", spec.steps + 5);
    await store.getState().start(child, branch);
    const parent = { spec, step: 3, digest: branchDigest(points, 3) };
    expect(asked.findLast(({ name }) => name === "start")?.params).toMatchObject({
      spec: child,
      parent,
      parentId: id,
    });
    expect(runs()[0]).toMatchObject({ name: "Hybrid, from step 3", parent, parentId: id, step: 3 });

    const own = runs()[0]!.id;
    tell({ type: "trunk", runId: own, points: multi(0, 0.1) });
    tell({ type: "points", runId: own, points: multi(3, 0.2) });
    await settle();
    expect(runs()[0]!.summary["map/multi"]).toEqual({ before: 0.2, now: 0.2, step: 3 });
    expect(detailOf(runs()[0]).trunk?.size).toBe(1);

    await store.getState().start(withPath(child, "encoder.width", 48), branch);
    expect(store.getState().notice).toMatch(/^Width: a branch keeps its parent’s/);
    expect(runs()).toHaveLength(2);
  });

  it("is found as the parent of a branch whose record is opened", async () => {
    const { store, runs, tell } = bench();
    await store.getState().open();
    await begin(store);
    const [parent] = runs();
    tell({ type: "finished", runId: parent!.id, reason: "completed", record: RECORD });
    await rest();
    const { spec } = parent!;
    const open = {
      ...RECORD,
      spec: withPath(spec, "steps", 9),
      parent: { spec, step: 3, digest: branchDigest(RECORD.points, 3) },
      points: multi(3, 0.2),
    };
    const files = [open, { ...open, parent: { ...open.parent, digest: "0".repeat(64) } }].map((one, i) => {
      const text = recordJson({ ...one, digest: digestOf(one) });
      return new File([text], `branch${i}.json`);
    });
    await store.getState().importRuns(files);
    const found = runs().filter(({ parent: own }) => own !== undefined);
    expect(found.map(({ name, parentId }) => [name, parentId]).sort()).toEqual([
      ["branch0", parent!.id],
      ["branch1", undefined],
    ]);
    expect(found[0]!.summary["map/multi"]).toMatchObject({ before: 0.2 });
  });

  it("is branched as long again at its very end, and named after its step once", () => {
    const init = { id: "r", name: "A", colour: 0, createdAt: 0, spec: RECORD.spec, presetName: "hybrid" };
    const { steps } = RECORD.spec;
    expect(branchSpec(newRun(init), steps - 1).steps).toBe(steps);
    expect(branchSpec(newRun(init), steps).steps).toBe(2 * steps);
  });

  it("is trained again as far as it came, whatever it had been asked for", () => {
    const init = { id: "r", name: "A", colour: 0, createdAt: 0, spec: RECORD.spec, presetName: "hybrid" };
    const parent = { spec: RECORD.spec, step: 3, digest: "" };
    const asked = newRun({ ...init, parent, stopAt: 9 });
    expect(courseOfRun(asked)).toEqual({ spec: RECORD.spec, parent, stopAt: 9 });
    const whole = { ...parent, digest: "a".repeat(64) };
    const record = {
      ...RECORD,
      parent: whole,
      stoppedAt: 7,
      points: [...RECORD.points, { step: 5, metric: "loss/mono", value: 1 }],
    };
    const ended = { ...asked, detail: { ...detailOf(asked), state: "loaded" as const, record } };
    expect(courseOfRun(ended)).toEqual({ spec: RECORD.spec, parent: whole, stopAt: 7 });
  });
});
