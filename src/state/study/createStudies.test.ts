// Studies from start to results, with trainers held by hand and an IndexedDB in memory.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import { writtenRecord, type RunRecord } from "../../core/record/runRecord.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { STUDY, studyBench, trainedFor } from "../../testing/studyBench.ts";
import { testValues } from "../../testing/testRecord.ts";
import { digestOf } from "../../core/record/digest.ts";
import { parseStudy, writtenStudy } from "../../core/study/parseStudy.ts";
import { SILENT, WORKER_CRASH } from "../../workers/labClient.ts";
import { resultOf, runOfKey, studyKeys } from "./heldStudy.ts";
import { STUDIES_DB } from "./studyStorage.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

const KEYS = studyKeys(STUDY);
/** Lets what is under way come to rest. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 2000 });

type Bench = ReturnType<typeof studyBench>;

/** Ends what the first trainer trains, and waits for the next. */
async function finishNext({ lanes, held }: Bench, lane = 0): Promise<void> {
  await until(() => expect(lanes[lane]?.run).toBeDefined());
  const { runId, finish } = lanes[lane]!.run!;
  delete lanes[lane]!.run;
  finish();
  await until(() => expect(held().done.has(runId.split(".").slice(1).join("."))).toBe(true));
}

describe("a study", () => {
  it("trains its runs one after the other in its order, keeps each, and gives the device back", async () => {
    const bench = studyBench();
    const { store, lanes, work, held } = bench;
    const id = await store.getState().add(STUDY);
    expect(store.getState()).toMatchObject({ shownId: id });
    await until(() => expect(lanes[0]?.run?.runId).toBe(`${id}.${KEYS[0]}`));
    lanes[0]!.run!.onStep(10);
    expect(held().going[KEYS[0]!]).toMatchObject({ step: 10 });
    expect(work.words).toBe("0 of 4 runs done");
    for (const key of KEYS) {
      await finishNext(bench);
      expect([...held().done].at(-1)).toBe(key);
    }
    expect(lanes).toHaveLength(1); // with its encoder and data, from run to run
    expect([lanes[0]!.left, work.isHeld]).toEqual([true, false]);
    const { runs, missing } = resultOf(held());
    expect([runs.length, missing]).toEqual([4, []]);
    expect(runs[0]).toMatchObject({ seed: 0, end: { values: { "map/multi": 0.34375 } } });
  });

  it("gives the same results for any number of trainers and any order of finishing", async () => {
    const one = studyBench();
    await one.store.getState().add(STUDY);
    for (const _ of KEYS) await finishNext(one);
    globalThis.indexedDB = new IDBFactory();
    const three = studyBench({ besideFor: () => 3 });
    await three.store.getState().add(STUDY);
    await until(() => expect(three.lanes.filter(({ run }) => run)).toHaveLength(3));
    expect(three.lanes.map(({ threads }) => threads)).toEqual([1, 1, 1]);
    expect(three.work.words).toBe("0 of 4 runs done, 3 side by side");
    for (const lane of [2, 0, 1]) await finishNext(three, lane);
    await finishNext(three, 2); // which was free first
    const sorted = ({ held }: Bench) =>
      [...held().results!].sort((a, b) => a.seed - b.seed || (a.cell < b.cell ? -1 : 1));
    expect(sorted(three)).toEqual(sorted(one));
  });

  it("has one trainer on a GPU, and only one until the device is known", async () => {
    const auto = { ...STUDY, spec: { ...STUDY.spec, compute: { backend: "auto" as const } } };
    for (const [backend, trainers] of [
      ["webgpu", 1],
      ["wasm", 3],
    ] as const) {
      const { store, lanes } = studyBench({ besideFor: () => 3 });
      await store.getState().add(auto);
      await until(() => expect(lanes[0]?.run).toBeDefined());
      expect(lanes).toHaveLength(1);
      lanes[0]!.run!.onDevice({ backend, adapter: "a", notes: [], versions: {} });
      await until(() => expect(lanes).toHaveLength(trainers));
    }
  });

  it("goes on in the next visit with what is left, a run that was cut off first", async () => {
    const first = studyBench();
    const id = await first.store.getState().add(STUDY);
    await finishNext(first);
    await until(() => expect(first.lanes[0]!.run).toBeDefined()); // the page is closed here
    const next = studyBench();
    await next.store.getState().open();
    await until(() => expect(next.lanes[0]?.run?.runId).toBe(`${id}.${KEYS[1]}`));
    expect(next.held()).toMatchObject({ study: STUDY, done: new Set([KEYS[0]]) });
    expect(next.store.getState().shownId).toBe(id); // the first that is not done
    await until(() => expect(next.held().results).toHaveLength(1));
    for (const _ of KEYS.slice(1)) await finishNext(next);
    expect(resultOf(next.held()).runs).toHaveLength(4);
  });

  it("does not try a run again that took the page down three times", async () => {
    for (const visit of [1, 2, 3, 4]) {
      const { store, lanes, held } = studyBench();
      if (visit === 1) await store.getState().add(STUDY);
      await store.getState().open();
      await until(() => expect(lanes[0]?.run).toBeDefined());
      const why = "the page was closed 3 times while it trained";
      expect(held().queue.failed).toEqual(visit <= 3 ? {} : { [KEYS[0]!]: why });
      expect(held().queue.begun).toEqual(visit <= 3 ? { [KEYS[0]!]: visit } : { [KEYS[1]!]: 1 });
      await new Promise((resolve) => setTimeout(resolve, 100)); // it is written, and the page dies
    }
  });

  it("makes each of its runs once, however often its list is drawn", () => {
    for (const key of KEYS) expect(runOfKey(STUDY, key)).toBe(runOfKey(STUDY, key));
  });

  it("is paused with its trainers ended, and goes on with the same run", async () => {
    const { store, lanes, work, held } = studyBench();
    const id = await store.getState().add(STUDY);
    await until(() => expect(lanes[0]?.run).toBeDefined());
    await store.getState().pause(id);
    expect([lanes[0]!.left, work.isHeld, held().going]).toEqual([true, false, {}]);
    const next = studyBench();
    await next.store.getState().open();
    expect([next.held().isPaused, next.lanes]).toEqual([true, []]);
    store.getState().goOn(id);
    await until(() => expect(lanes[1]?.run?.runId).toBe(`${id}.${KEYS[0]}`));
    expect(held().queue.begun).toEqual({ [KEYS[0]!]: 1 }); // a pause is no crash
  });

  it("counts a run that ended before its trainer was, and is told of it afterwards", async () => {
    const { store, lanes, held } = studyBench();
    const id = await store.getState().add(STUDY);
    await until(() => expect(lanes[0]?.run).toBeDefined());
    lanes[0]!.run!.finish(); // and while its result is being stored
    await store.getState().pause(id);
    await until(() => expect([...held().done]).toEqual([KEYS[0]]));
    expect(held()).toMatchObject({ going: {}, seconds: [] }); // nobody knows how long it took
  });

  it("lets runs of the list go first, between two of its own", async () => {
    const { store, lanes, work, free } = studyBench();
    await store.getState().add(STUDY);
    await until(() => expect(lanes[0]?.run).toBeDefined());
    work.isWanted = true;
    lanes[0]!.run!.finish();
    await until(() => expect(work.isHeld).toBe(false));
    expect(lanes[0]!.left).toBe(true);
    work.isWanted = false;
    free();
    await until(() => expect(lanes[1]?.run?.runId).toMatch(KEYS[1]!));
  });

  it("marks a run that fails and goes on with the others; three of one kind pause it", async () => {
    const { store, lanes, held } = studyBench();
    const id = await store.getState().add(STUDY);
    const fail = async (lane: number, message: string) => {
      await until(() => expect(lanes[lane]?.run).toBeDefined());
      lanes[lane]!.run!.fail({ message });
    };
    await fail(0, "no memory");
    for (const lane of [1, 2, 3]) await fail(lane, "no such data");
    await until(() => expect(held().isPaused).toBe(true));
    expect(store.getState().notice).toBe("“Two mixes” was paused: 3 runs failed alike. no such data");
    expect(
      resultOf(held())
        .missing.map(({ why }) => why)
        .sort(),
    ).toEqual(["no memory", "no such data", "no such data", "no such data"]);
    store.getState().putBack(id, KEYS[2]!);
    store.getState().goOn(id);
    await until(() => expect(lanes[4]?.run?.runId).toBe(`${id}.${KEYS[2]}`));
  });

  it.each([WORKER_CRASH, SILENT])(
    "begins a run anew whose workers died, three times at most: %s",
    async (name) => {
      const { lanes, store, held } = studyBench();
      const id = await store.getState().add(STUDY);
      for (const lane of [0, 1, 2]) {
        await until(() => expect(lanes[lane]?.run?.runId).toBe(`${id}.${KEYS[0]}`));
        expect(held().queue.failed).toEqual({});
        lanes[lane]!.run!.fail({ name, message: "gave no sign of life" });
      }
      await until(() => expect(lanes[3]?.run?.runId).toBe(`${id}.${KEYS[1]}`));
      expect(held().queue.failed).toEqual({ [KEYS[0]!]: "gave no sign of life" });
    },
  );

  it("is reordered, loses runs and gets them back, and takes more seeds as a look more", async () => {
    const { store, lanes, held, swept } = studyBench();
    const id = await store.getState().add(STUDY);
    await until(() => expect(lanes[0]?.run).toBeDefined());
    const { move, drop, putBack, addSeeds } = store.getState();
    move(id, KEYS[3]!, "first");
    expect(held().queue.pending).toEqual([KEYS[0], KEYS[3], KEYS[1], KEYS[2]]);
    drop(id, KEYS[1]!);
    drop(id, KEYS[0]!); // it is under way: its trainer is ended
    await until(() => expect(lanes[1]?.run?.runId).toBe(`${id}.${KEYS[3]}`));
    expect([lanes[0]!.left, swept.length > 0]).toEqual([true, true]);
    expect(resultOf(held()).missing.map(({ why }) => why)).toContain("taken out of the queue");
    putBack(id, KEYS[1]!);
    addSeeds(id, 1);
    expect(held().study).toMatchObject({ seeds: [0, 1, 2], looks: [2, 3] });
    expect(held().queue.pending.slice(0, 3)).toEqual([KEYS[3], KEYS[2], KEYS[1]]);
    expect(held().queue.pending.slice(3).sort()).toEqual(["cross.2", "mix.2"]);
  });

  it("trains what is made from another run after it and from its record, or says why it cannot", async () => {
    const { store, lanes, held } = studyBench({ besideFor: () => 3 });
    const moving = {
      "batch.schedule": "exp3",
      "batch.ratio": ofKinds({ mono: 0.5, cross: 0.5 }),
    };
    const file = {
      ...writtenStudy(STUDY),
      cells: [
        { name: "rule", changes: moving },
        { name: "mean", controlOf: "rule", made: "mean" },
        { name: "back", controlOf: "rule", made: "reversed" },
      ],
      controls: ["rule"],
      seeds: [0, 1],
    };
    const id = await store.getState().add(parseStudy(JSON.parse(JSON.stringify(file)), "s.json"));
    const going = () => Object.keys(held().going).sort();
    await until(() => expect(going()).toEqual(["rule.0", "rule.1"])); // of three trainers two have something to do
    const runOf = (key: string) => lanes.find(({ run }) => run?.runId === `${id}.${key}`)!.run!;
    const trained = trainedFor(runOf("rule.0"));
    const ratio = ofKinds({ mono: 0.8, cross: 0.2 });
    const record = { ...trained.record, trajectory: [{ step: 0, ratio }] };
    runOf("rule.0").finish({ ...trained, record: { ...record, digest: digestOf(record) } });
    await until(() => expect(going()).toEqual(["back.0", "mean.0", "rule.1"]));
    await until(() => expect(runOf("mean.0").spec.batch).toMatchObject({ schedule: "constant", ratio }));
    const [point] = runOf("back.0").spec.batch.curve;
    expect(point).toMatchObject({ at: 0, weights: ratio });
    runOf("rule.1").fail({ message: "no memory" });
    const why = "It is made from the run rule.1, which has no record";
    await until(() =>
      expect(held().queue.failed).toEqual({ "rule.1": "no memory", "mean.1": why, "back.1": why }),
    );
    for (const key of ["mean.0", "back.0"]) runOf(key).finish();
    await until(() => expect(held().done.size).toBe(3));
    expect(held().results!.find(({ cell }) => cell === "mean")!.fed).toEqual({ "batch.ratio": ratio });
    expect((await store.getState().recordOf(id, "mean.0")).record.spec.batch.ratio).toEqual(ratio);
    store.getState().putBack(id, "rule.1"); // and what is made from it
    expect(held().queue).toMatchObject({ failed: {}, pending: ["rule.1", ...held().queue.pending.slice(1)] });
    expect(held().queue.pending.slice(1).sort()).toEqual(["back.1", "mean.1"]);
  });

  it("is left to the tab that is at it, and taken up when that lets go", async () => {
    let letGo = () => {};
    let isFree = false;
    const { store, lanes, held } = studyBench({
      takeLock: () => Promise.resolve(isFree ? () => undefined : undefined),
      whenFree: () => new Promise((resolve) => (letGo = resolve)),
    });
    await store.getState().add(STUDY);
    await until(() => expect(held().elsewhere).toBe(true));
    expect(lanes).toEqual([]);
    isFree = true;
    letGo();
    await until(() => expect(lanes[0]?.run).toBeDefined());
    expect(held().elsewhere).toBeUndefined();
  });

  it("gives a run's record as a file has it, and is gone when it is removed", async () => {
    const bench = studyBench();
    const id = await bench.store.getState().add(STUDY);
    await finishNext(bench);
    const file = await bench.store.getState().recordOf(id, KEYS[0]!);
    expect(file.record).toEqual(trainedFor(file.record).record);
    expect(file.queryValues?.languages).toEqual(["de", "en"]);
    await bench.store.getState().remove(id);
    expect(bench.store.getState()).toMatchObject({ studies: [], shownId: undefined });
    const db = await openDB(STUDIES_DB);
    expect([await db.count("studies"), await db.count("results")]).toEqual([0, 0]);
    db.close();
  });
});

describe("studies read again", () => {
  it("tell those that cannot be read, and a record that is another run's as one that failed", async () => {
    const bench = studyBench();
    const id = await bench.store.getState().add(STUDY);
    await finishNext(bench);
    const db = await openDB(STUDIES_DB);
    await db.put("studies", { format: 1, createdAt: "now" }, "study-a");
    await db.put("studies", { format: 99 }, "study-b");
    await db.put("results", await db.get("results", [id, KEYS[0]!]), [id, KEYS[1]!]);
    const stored = (await db.get("studies", id)) as object;
    await db.put("studies", { ...stored, isPaused: true, queue: "none" }, id);
    db.close();
    const { store, held } = studyBench();
    await store.getState().open();
    expect(store.getState().unreadable.map(({ reason }) => reason)).toEqual([
      "stored study: createdAt must be a time in milliseconds",
      "stored study: is not of a format this lab knows",
    ]);
    store.getState().show(id);
    await until(() => expect(held().results).toHaveLength(1));
    expect(held().queue.failed[KEYS[1]!]).toMatch(/^stored record of .*: is of another experiment$/);
    expect(held().queue.pending).toEqual(KEYS.slice(2));
  });

  it("tell a record that was altered in storage apart, and count no number of it", async () => {
    const bench = studyBench();
    const id = await bench.store.getState().add(STUDY);
    for (const _ of KEYS) await finishNext(bench);
    const db = await openDB(STUDIES_DB);
    const alter = async (key: string, how: (record: RunRecord) => RunRecord) => {
      const stored = (await db.get("results", [id, key])) as { detail: { record: unknown } };
      stored.detail.record = writtenRecord(how(parseRunRecord(stored.detail.record, key)));
      await db.put("results", stored, [id, key]);
    };
    await alter(KEYS[0]!, (record) => ({ ...record, realised: { ...record.realised, cross: 1 } }));
    // One whose digest was made anew: the values of single questions still say otherwise.
    const better = Float32Array.from(testValues.values["map/multi"]!, (value) => value + 0.125);
    const values = { ...testValues, values: { ...testValues.values, "map/multi": better } };
    await alter(KEYS[1]!, ({ spec, realised }) => fittingRecord(values, undefined, { spec, realised }));
    db.close();
    const { store, held } = studyBench();
    await store.getState().open();
    store.getState().show(id);
    await until(() => expect(held().results).toHaveLength(2));
    expect(Object.keys(held().queue.failed).sort()).toEqual([KEYS[0], KEYS[1]].sort());
    const said = "this record does not fit itself, it was altered after its run or damaged";
    for (const why of Object.values(held().queue.failed)) expect(why).toContain(said);
    expect(resultOf(held()).missing).toHaveLength(2);
  });
});
