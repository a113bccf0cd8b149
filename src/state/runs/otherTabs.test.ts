// Several tabs over one storage: what one writes, deletes, brings back or renames is so in the others, and stays so.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { begin, bench, multi, RECORD, rest, type Bench } from "../../testing/runBench.ts";
import { detailOf } from "../run/run.ts";
import type { Tabs } from "../run/tabs.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

/** Tabs of one browser, with its locks. */
function browser() {
  const listeners = new Map<number, Parameters<Tabs["onTold"]>[0]>();
  const held = new Map<string, () => void>(); // run -> tells those that wait for its end
  const waiting = new Map<string, (() => void)[]>();
  const free = (id: string) => {
    held.delete(id);
    for (const go of waiting.get(id)?.splice(0) ?? []) go();
  };
  let n = 0;
  let run = 0;
  const openTab = async (): Promise<Bench> => {
    const own = ++n;
    const take = (id: string) => {
      held.set(id, () => free(id));
      return () => free(id);
    };
    const tab = bench({
      holdLock: take,
      takeLock: (id) => Promise.resolve(held.has(id) ? undefined : take(id)),
      goingElsewhere: () => Promise.resolve(new Set(held.keys())),
      whenFree: (id) =>
        held.has(id)
          ? new Promise((resolve) => waiting.set(id, [...(waiting.get(id) ?? []), resolve]))
          : Promise.resolve(),
      newId: () => `run${++run}`,
      tabs: {
        tell: (news) => {
          for (const [tab, listener] of listeners) if (tab !== own) queueMicrotask(() => listener(news));
        },
        onTold: (listener) => void listeners.set(own, listener),
      },
    });
    await tab.store.getState().open();
    return tab;
  };
  return { openTab, free };
}

/** A run to its end in that tab. */
async function trained({ store, runs, tell }: Bench): Promise<string> {
  await begin(store);
  const { id } = runs()[0]!;
  tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
  await rest();
  return id;
}

const names = ({ runs }: Bench) => runs().map(({ name }) => name);

describe("another tab", () => {
  it("sees a run from its start to its end, in which it has no part", async () => {
    const { openTab } = browser();
    const [a, b] = [await openTab(), await openTab()];
    await begin(a.store);
    const { id } = a.runs()[0]!;
    await rest();
    expect(b.runs()).toMatchObject([{ id, name: "Hybrid", elsewhere: true }]);
    a.tell({ type: "points", runId: id, points: RECORD.points });
    a.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await rest();
    expect(b.runs()).toMatchObject([{ id, status: "finished", summary: { "map/multi": { now: 0.3 } } }]);
    expect(b.runs()[0]!.elsewhere).toBeUndefined();
    expect(detailOf(await b.store.getState().loadDetail(id)).record?.digest).toBe(RECORD.digest);
  });

  it("sees a run as cut off once the tab that trained it is gone", async () => {
    const { openTab, free } = browser();
    const [a, b] = [await openTab(), await openTab()];
    await begin(a.store);
    const { id } = a.runs()[0]!;
    await rest();
    free(id); // the browser, when a tab is closed
    await rest();
    expect(b.runs()).toMatchObject([{ id, status: "interrupted" }]);
    expect(b.runs()[0]!.elsewhere).toBeUndefined();
  });

  it("has a deletion, its undoing, a name and a star at once, also of the run that is shown", async () => {
    const { openTab } = browser();
    const [a, b] = [await openTab(), await openTab()];
    const [first, second] = [await trained(a), await trained(a)];
    b.store.getState().select(second);
    b.store.getState().toggleOverlay(first);
    a.store.getState().rename(first, "Old");
    a.store.getState().toggleStar(first);
    a.store.getState().addTag([first, second], "kept");
    await rest();
    expect(b.runs()[1]).toMatchObject({ name: "Old", starred: true, tags: ["kept"] });
    a.store.getState().remove([second]);
    await rest();
    expect(names(b)).toEqual(["Old"]);
    expect(b.store.getState().selectedId).toBe(first);
    a.store.getState().undoRemove();
    await rest();
    expect(names(b)).toEqual(["Hybrid", "Old"]);
    a.store.getState().remove([first]);
    a.store.flush();
    await rest();
    expect([names(b), b.store.getState().overlaidIds]).toEqual([["Hybrid"], []]);
  });

  it("cannot bring a deleted run back, by renaming, importing its end or training it", async () => {
    const { openTab } = browser();
    const [a, b] = [await openTab(), await openTab()];
    const id = await trained(a);
    await begin(b.store);
    const going = b.runs()[0]!.id;
    await rest();
    // Two tabs at the same moment: neither has heard of the other yet.
    a.store.getState().remove([id]);
    b.store.getState().rename(id, "Mine");
    b.store.getState().toggleStar(id);
    await rest();
    // And a run that a tab deletes although another trains it, e.g. by a list that is out of date.
    a.store.setState(({ runs }) => ({
      runs: runs.map((run) => ({ ...run, status: "interrupted", elsewhere: undefined })),
    }));
    a.store.getState().remove([going]);
    await rest();
    expect(b.store.getState().notice).toBe(
      "“Hybrid” was deleted in another tab: it trains on, but is not kept. Export it to keep it.",
    );
    b.tell({ type: "points", runId: going, points: multi(0, 0.1) });
    b.tell({ type: "finished", runId: going, reason: "completed", record: RECORD });
    await rest();
    b.store.flush();
    await rest();
    expect(names(await openTab())).toEqual([]);
  });

  it("takes a new name while it trains the run, and keeps it with all that it saves", async () => {
    const { openTab } = browser();
    const [a, b] = [await openTab(), await openTab()];
    await begin(a.store);
    const { id } = a.runs()[0]!;
    await rest();
    b.store.getState().rename(id, "From there");
    a.tell({ type: "snapshot", runId: id, step: 3 }); // saved before it has heard
    await rest();
    expect(names(a)).toEqual(["From there"]);
    a.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await rest();
    expect([names(b), names(await openTab())]).toEqual([["From there"], ["From there"]]);
  });
});

describe("a page that is gone without a word", () => {
  it("has deleted what was deleted, and a deletion that was undone is none", async () => {
    const { openTab } = browser();
    const a = await openTab();
    const [kept, gone] = [await trained(a), await trained(a)];
    a.store.getState().remove([gone]);
    await rest(); // not even ten seconds
    const b = await openTab();
    expect(b.runs().map(({ id }) => id)).toEqual([kept]);
    b.store.getState().remove([kept]);
    b.store.getState().undoRemove();
    await rest();
    expect((await openTab()).runs().map(({ id }) => id)).toEqual([kept]);
  });

  it("loses no point and no matrix that it was told, in the list and in the details", async () => {
    const { openTab, free } = browser();
    const a = await openTab();
    await begin(a.store);
    const { id } = a.runs()[0]!;
    await rest();
    a.tell({ type: "points", runId: id, points: multi(0, 0.1) });
    a.tell({ type: "matrix", runId: id, step: 0, matrix: { en: { en: 0.1 } } });
    a.tell({ type: "points", runId: id, points: multi(30, 0.4) });
    a.tell({ type: "matrix", runId: id, step: 30, matrix: { en: { en: 0.4 } } });
    await rest(); // less than what lies between two saves
    free(id);
    const b = await openTab();
    expect(b.runs()).toMatchObject([
      { status: "interrupted", step: 30, summary: { "map/multi": { before: 0.1, now: 0.4 } } },
    ]);
    const detail = detailOf(await b.store.getState().loadDetail(id));
    expect(detail.points.get("map/multi\n\n")).toMatchObject({ steps: [0, 30], values: [0.1, 0.4] });
    expect(detail).toMatchObject({
      matrixBefore: { step: 0 },
      matrix: { step: 30, matrix: { en: { en: 0.4 } } },
    });
  });

  it("keeps each point once where it was saved whole in between", async () => {
    const { openTab, free } = browser();
    const a = await openTab();
    await begin(a.store);
    const { id } = a.runs()[0]!;
    await rest();
    a.tell({ type: "points", runId: id, points: multi(0, 0.1) });
    await rest();
    a.store.saveWaiting();
    a.tell({ type: "points", runId: id, points: multi(10, 0.2) });
    await rest();
    free(id);
    const b = await openTab();
    const detail = detailOf(await b.store.getState().loadDetail(id));
    expect(detail.points.get("map/multi\n\n")).toMatchObject({ steps: [0, 10], values: [0.1, 0.2] });
  });
});
