// Values before training in the page's storage: once for all runs of a start, as long as one of them is there.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import { settle } from "../../testing/fakeLab.ts";
import { begin, bench, RECORD, rest, type Bench } from "../../testing/runBench.ts";
import { testValues } from "../../testing/testRecord.ts";
import { detailOf } from "./run.ts";
import { DB_NAME } from "./runStorage.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

async function open(): Promise<Bench> {
  const page = bench();
  await page.store.getState().open();
  return page;
}

/** A finished run whose worker told the values before training under `key`. */
async function trained({ store, runs, tell }: Bench, key: string): Promise<string> {
  await begin(store);
  const { id } = runs()[0]!;
  tell({ type: "startValues", runId: id, key, values: testValues });
  tell({ type: "queryValues", runId: id, values: testValues });
  tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
  await settle();
  await rest();
  return id;
}

const keysKept = async () => {
  const db = await openDB(DB_NAME);
  const keys = await db.getAllKeys("starts");
  db.close();
  return keys;
};

describe("values before training", () => {
  it("are kept once for runs of one start, come back with each, and go with the last of them", async () => {
    const first = await open();
    const [a, b, other] = [await trained(first, "s"), await trained(first, "s"), await trained(first, "t")];
    expect(await keysKept()).toEqual(["s", "t"]);

    const later = await open();
    for (const id of [a, b, other]) {
      expect(detailOf(await later.store.getState().loadDetail(id)).startValues).toEqual(testValues);
    }
    later.store.getState().remove([a, other]);
    expect(await keysKept()).toEqual(["s", "t"]); // until the deletion is final
    later.store.flush();
    await rest();
    expect(await keysKept()).toEqual(["s"]);
    later.store.getState().remove([b]);
    later.store.flush();
    await rest();
    expect(await keysKept()).toEqual([]);
  });

  it("stay with a run that goes on from a snapshot, whose points are told anew", async () => {
    const { store, runs, tell } = await open();
    await begin(store);
    const { id } = runs()[0]!;
    tell({ type: "startValues", runId: id, key: "s", values: testValues });
    tell({ type: "restored", runId: id, step: 4, points: [] });
    await settle();
    expect(detailOf(runs()[0]).startValues).toEqual(testValues);
  });

  it("of a file are those of its run alone", async () => {
    const page = await open();
    await trained(page, "s");
    const { store, runs } = page;
    const text = recordJson({ ...RECORD, digest: "d".repeat(64) }, testValues, testValues);
    await store.getState().importRuns([new File([text], "sent.json")]);
    await rest();
    expect(detailOf(runs()[0]).startValues).toEqual(testValues);
    const { id } = runs()[0]!;
    expect(await keysKept()).toEqual([`of ${id}`, "s"]);
    const later = await open();
    expect(detailOf(await later.store.getState().loadDetail(id)).startValues).toEqual(testValues);
  });

  it("are done without where they are broken or gone: the run says so and is shown", async () => {
    const id = await trained(await open(), "s");
    const db = await openDB(DB_NAME);
    await db.put("starts", { format: 1, queryValues: { languages: 3 } }, "s");
    db.close();
    const broken = await open();
    const run = await broken.store.getState().loadDetail(id);
    expect(detailOf(run)).toMatchObject({ record: { digest: RECORD.digest } });
    expect(detailOf(run).startValues).toBeUndefined();
    expect(broken.store.getState().notice).toMatch(
      /without its values before training: stored values .*languages/,
    );
  });

  it("are missing from runs of the database before they were kept, which opens as it was", async () => {
    const old = await openDB(DB_NAME, 1, {
      upgrade: (fresh) => ["runs", "details"].forEach((name) => void fresh.createObjectStore(name)),
    });
    old.close();
    const page = await open();
    expect(page.store.getState().notice).toBeUndefined();
    await trained(page, "s");
    expect(await keysKept()).toEqual(["s"]);
  });
});
