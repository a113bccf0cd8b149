// What a person says of runs, from the click to storage and back.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { begin, bench, rest } from "../../testing/runBench.ts";

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
