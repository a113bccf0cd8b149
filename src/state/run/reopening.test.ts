// What a later visit finds of runs, however the earlier one ended, against an IndexedDB in memory.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { settle } from "../../testing/fakeLab.ts";
import { begin, bench, multi, RECORD, rest } from "../../testing/runBench.ts";
import { testValues } from "../../testing/testRecord.ts";
import type { RunStoreDeps } from "../runs/runsState.ts";
import { detailOf } from "./run.ts";
import { openRunStorage } from "./runStorage.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

describe("runs of earlier visits", () => {
  it("have ended where the page was gone before its last whole save, since the end was written at once", async () => {
    let gone = false;
    const { backend, adapter, versions } = RECORD.environment;
    const device = { backend, adapter, versions, notes: ["no WebGPU"] };
    const dying: Partial<RunStoreDeps> = {
      openStorage: async (events) => {
        const storage = await openRunStorage(events);
        return {
          ...storage,
          save: (...given) => (gone ? Promise.reject(new Error("the page is gone")) : storage.save(...given)),
        };
      },
    };
    const first = bench(dying);
    await first.store.getState().open();
    await begin(first.store);
    const { id } = first.runs()[0]!;
    first.tell({ type: "points", runId: id, points: multi(0, 0.1) });
    await rest();
    first.tell({ type: "startValues", runId: id, key: "start", values: testValues });
    await settle();
    await settle();
    gone = true;
    first.tell({ type: "device", runId: id, device });
    first.tell({ type: "notice", runId: id, message: "There is little to train on" });
    first.tell({ type: "points", runId: id, points: multi(DEFAULT_SPEC.steps, 0.3) });
    first.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await settle();
    await settle();

    const { store, runs } = bench();
    await store.getState().open();
    await rest();
    const { digest } = RECORD;
    const notices = ["There is little to train on"];
    const ended = { status: "finished", step: DEFAULT_SPEC.steps, digest };
    expect(runs()).toMatchObject([{ ...ended, device, notices }]); // without a device it would be nobody's seed
    const detail = detailOf(await store.getState().loadDetail(id));
    expect(detail.record).toEqual(RECORD);
    expect(detail.startValues).toEqual(testValues);
  });

  it.each([
    ["when their end is in storage", false],
    ["after two seconds where storage is silent", true],
  ])("are called finished %s", async (_, isSilent) => {
    let isKept = false;
    let answer = () => {};
    const slow: Partial<RunStoreDeps> = {
      openStorage: async (events) => {
        const storage = await openRunStorage(events);
        const append: typeof storage.append = async (...given) => {
          await new Promise<void>((resolve) => (isSilent ? (answer = resolve) : setTimeout(resolve, 50)));
          await storage.append(...given);
          isKept = true;
        };
        return { ...storage, append };
      },
    };
    const { store, runs, tell } = bench(slow);
    await store.getState().open();
    await begin(store);
    const { id } = runs()[0]!;
    const toldAt = performance.now();
    const seen = new Promise<{ wasKept: boolean; ms: number }>((resolve) =>
      store.subscribe(({ runs: [run] }) => {
        if (run?.status === "finished") resolve({ wasKept: isKept, ms: performance.now() - toldAt });
      }),
    );
    tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    const { wasKept, ms } = await seen;
    expect(wasKept).toBe(!isSilent);
    if (isSilent) expect(ms).toBeGreaterThan(1900);
    answer();
    await rest();
  });

  it("have their end where the workers died while it was being written, and no other run of the visit pays for it", async () => {
    let write = () => {};
    const slow: Partial<RunStoreDeps> = {
      openStorage: async (events) => {
        const storage = await openRunStorage(events);
        const append: typeof storage.append = async (id, n, tail) => {
          if (tail.record) await new Promise<void>((resolve) => (write = resolve));
          await storage.append(id, n, tail);
        };
        return { ...storage, append };
      },
    };
    const first = bench(slow);
    await first.store.getState().open();
    await begin(first.store);
    const { id } = first.runs()[0]!;
    first.tell({ type: "snapshot", runId: id, step: 5 });
    first.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await settle();
    first.crash("out of memory");
    expect(first.runs()).toMatchObject([{ id }]);
    expect(first.runs()[0]).not.toHaveProperty("error");
    expect(first.asked.filter(({ name }) => name === "start")).toHaveLength(1); // it does not go on from its snapshot
    write();
    await rest();
    const ended = { id, status: "finished", digest: RECORD.digest };
    expect(first.runs()).toMatchObject([ended]);
    expect(first.store.getState()).toMatchObject({ trainingId: undefined, weightsId: undefined });
    expect(first.store.getState().notice).toBeUndefined();
    await begin(first.store);
    expect(first.asked.filter(({ name }) => name === "start")).toHaveLength(2);

    const { store, runs } = bench();
    await store.getState().open();
    await rest();
    expect(runs()).toMatchObject([{ status: "interrupted" }, ended]);
  });

  it("are told to whoever reads them once, however many there are", async () => {
    const first = bench();
    await first.store.getState().open();
    for (let i = 0; i < 12; i++) await begin(first.store);
    await rest();
    const { store, runs } = bench();
    let told = 0;
    store.subscribe((state, before) => void (state.runs !== before.runs && told++));
    await store.getState().open();
    await rest();
    expect(runs()).toHaveLength(12);
    expect(told).toBeLessThanOrEqual(2); // the list, and the points of the one that is shown
  });
});
