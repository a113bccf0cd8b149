// What runs are called and what a person says of them, from the click to storage and back.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { openDB } from "idb";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import { begin, bench, HYBRID, rest, type Bench } from "../../testing/runBench.ts";
import { DB_NAME } from "../run/runStorage.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

describe("labels", () => {
  it("come back in the next visit, those of several runs given at once: stars, notes and tags, each tag once", async () => {
    const first = bench();
    await first.store.getState().open();
    for (let i = 0; i < 3; i++) await begin(first.store);
    const [c, b, a] = first.runs().map(({ id }) => id) as [string, string, string];
    const { star, addTag, removeTag, setNote } = first.store.getState();
    star([a, b], true);
    addTag([a, b, c], "  for   the poster ");
    addTag([a], "for the poster");
    addTag([a], " ");
    removeTag([b, c], "for the poster");
    setNote(a, " better than it looks\u202e ");
    setNote(b, "gone");
    setNote(b, " ");
    await rest();
    const second = bench();
    await second.store.getState().open();
    const said = (id: string) => {
      const { starred, note, tags } = second.runs().find((run) => run.id === id)!;
      return { starred, note, tags };
    };
    expect(said(a)).toEqual({
      starred: true,
      note: "better than it looks[U+202E]",
      tags: ["for the poster"],
    });
    expect(said(b)).toEqual({ starred: true, note: "", tags: [] });
    expect(said(c)).toEqual({ starred: false, note: undefined, tags: [] });
  });
});

describe("names", () => {
  const names = ({ runs }: Bench) => runs().map(({ name }) => name); // newest first
  const withSeed = ({ store }: Bench, seed: number) =>
    store.getState().start(withPath(DEFAULT_SPEC, "seed", seed), { ...HYBRID, instead: true });

  it("say what sets runs apart as they come in and go, a person's above all, also in the next visit", async () => {
    const first = bench();
    await first.store.getState().open();
    await withSeed(first, 1);
    expect(names(first)).toEqual(["Hybrid"]);
    await withSeed(first, 2);
    expect(names(first)).toEqual(["Hybrid, seed 2", "Hybrid, seed 1"]);
    expect(first.runs()[0]!.subtitle).toBe("9 languages, from distilled-bag-37k");
    const [second, older] = first.runs().map(({ id }) => id) as [string, string];
    const { rename } = first.store.getState();
    rename(older, "Hybrid, seed 1"); // as it is: no name of a person's
    rename(second, " Mine ");
    expect(first.runs()[0]).toMatchObject({
      name: "Mine",
      subtitle: "Hybrid, seed 2; 9 languages, from distilled-bag-37k",
    });
    await rest();
    const next = bench();
    await next.store.getState().open();
    expect(names(next)).toEqual(["Mine", "Hybrid, seed 1"]);
    next.store.getState().rename(second, "");
    expect(names(next)).toEqual(["Hybrid, seed 2", "Hybrid, seed 1"]);
    next.store.getState().remove([older]);
    expect(names(next)).toEqual(["Hybrid"]);
  });

  it("are made anew for runs of older labs, which did not keep whose names they were, and so are looks", async () => {
    const first = bench();
    await first.store.getState().open();
    for (const seed of [1, 2, 3]) await withSeed(first, seed);
    await rest();
    const db = await openDB(DB_NAME);
    const old = ["Hybrid", "Hybrid 2", "the good one"];
    const rows = (await db.getAll("runs")) as Record<string, unknown>[];
    rows.sort((a, b) => Number(a.createdAt) - Number(b.createdAt));
    for (const [i, { named: _, ...row }] of rows.entries())
      await db.put("runs", { ...row, name: old[i], colour: 4 }, row.id as string);
    db.close();
    const next = bench();
    await next.store.getState().open();
    expect(names(next)).toEqual(["the good one", "Hybrid, seed 2", "Hybrid, seed 1"]);
    expect(next.runs().map(({ colour }) => colour)).toEqual([1, 0, 4]);
  });
});
