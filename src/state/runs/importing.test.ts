// Records that a person opens on the page: each once, and what is wrong with one said.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { CARD_KEYWORD } from "../../core/classroom/resultFile.ts";
import { withPngText } from "../../core/export/pngText.ts";
import { recordJson } from "../../core/export/recordJson.ts";
import { namedRun } from "../../core/record/misfits.ts";
import { writtenRecord } from "../../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { PIXEL_PNG } from "../../testing/pixelPng.ts";
import { bench, RECORD, rest } from "../../testing/runBench.ts";
import { testValues } from "../../testing/testRecord.ts";
import { runLink } from "../run/runLink.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

describe("opening a record", () => {
  const file = (text: string, name = "shared.json") => new File([text], name);

  it("says of one that was altered what does not fit, then and later, and promises nothing of it in a link", async () => {
    const { store, runs } = bench();
    await store.getState().open();
    const record = fittingRecord(testValues);
    const values = { ...record.final.values, "map/multi": 0.98 };
    const forged = { ...record, final: { ...record.final, values } };
    await store.getState().importRuns([file(recordJson(forged, testValues), "forged.json")]);
    await store.getState().importRuns([file(recordJson(record, testValues), "true.json")]);
    expect(runs().map(({ name }) => name)).toEqual(["true", "forged"]); // of one digest, and yet two
    const wrong = [
      "the digest is not the one of its numbers",
      "final map/multi is 0.98, the mean over its languages 0.34375",
    ];
    expect(runs().map(({ misfits }) => misfits)).toEqual([undefined, wrong]);
    expect(runs().map((run) => runLink(run, "page").includes("expect="))).toEqual([true, false]);
    expect(runs().map(namedRun)).toEqual(["true", "forged (record does not fit itself)"]);
    await store.getState().importRuns([file(recordJson(forged, testValues), "forged.json")]);
    expect(runs()).toHaveLength(2);
    await rest();

    const later = bench();
    await later.store.getState().open();
    expect(later.runs().map(({ misfits }) => misfits)).toEqual([undefined, wrong]);
    for (const { id } of later.runs()) await later.store.getState().loadDetail(id);
    expect(later.runs().map(({ misfits }) => misfits)).toEqual([undefined, wrong]);
  });

  it("adds it once, and says in one sentence what is wrong with a bad one", async () => {
    const { store, runs } = bench();
    await store.getState().importRuns([file(recordJson(RECORD))]);
    expect(runs()[0]).toMatchObject({ name: "shared", status: "finished", step: DEFAULT_SPEC.steps });
    await store.getState().importRuns([file(recordJson(RECORD))]);
    expect(runs()).toHaveLength(1);
    expect(store.getState().notice).toContain("already here");
    await store.getState().importRuns([file("{", "cut.json")]);
    expect(store.getState().notice).toMatch(/^cut\.json: is not JSON/);
    await store.getState().importRuns([file(JSON.stringify({ ...writtenRecord(RECORD), points: 3 }))]);
    expect(store.getState().notice).toMatch(/^shared\.json: points is not as in a/);
    await store.getState().importRuns([file(JSON.stringify({ ...writtenRecord(RECORD), final: undefined }))]);
    expect(store.getState().notice).toMatch(/^shared\.json: final is not as in a .* record \(is missing\)$/);
    expect(runs()).toHaveLength(1);
  });

  it("opens a result card, whose picture holds the record", async () => {
    const { store, runs } = bench();
    const text = JSON.stringify(writtenRecord(RECORD));
    const card = withPngText(PIXEL_PNG, CARD_KEYWORD, text);
    const photo = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], "photo.jpg");
    await store.getState().importRuns([new File([card], "card.png"), photo]);
    expect(runs().map(({ name, digest }) => [name, digest])).toEqual([["card", RECORD.digest]]);
    expect(store.getState().notice).toMatch(/^photo\.jpg: this picture holds no result; .*A class’s results/);
  });

  it("says what is wrong with each of several, and nothing of it once the next one succeeds", async () => {
    const { store, runs } = bench();
    await store
      .getState()
      .importRuns([file("", "empty.json"), file(" \n", "blank.json"), file("{", "cut.json")]);
    expect(store.getState().notice).toMatch(
      /^empty\.json: is empty; .*\nblank\.json: is empty; .*\ncut\.json: is not/,
    );
    const packed = new File([Uint8Array.of(0x1f, 0x8b, 8, 0)], "a.json");
    await store.getState().importRuns([packed, file("<!DOCTYPE html><title>a.json</title>", "page.json")]);
    expect(store.getState().notice).toBe(
      "a.json: is packed with gzip; unpack it first\npage.json: is a web page, not the file itself; download the file that the page shows",
    );
    await store.getState().importRuns([file(`\ufeff${recordJson(RECORD)}`)]);
    expect(store.getState().notice).toBeUndefined();
    expect(runs()).toHaveLength(1);
  });

  it("shows what would deceive in a name as it is, wherever the name comes from", async () => {
    const { store, runs } = bench();
    await store.getState().importRuns([file(recordJson(RECORD), "a\u202enosj.json")]);
    expect(runs()[0]!.name).toBe("a[U+202E]nosj");
    store.getState().rename(runs()[0]!.id, "b\u2067 c");
    expect(runs()[0]!.name).toBe("b[U+2067] c");
    await store.getState().importRuns([file("{", "\u202ecut.json")]);
    expect(store.getState().notice).toMatch(/^\[U\+202E\]cut\.json: is not JSON/);
  });
});
