// What the pages of old versions kept in the browser is found again: runs through IndexedDB, preferences through text.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { detailPoints } from "../../core/record/storedRun.ts";
import { decodeLink } from "../../core/spec/link.ts";
import { createPreferencesStore } from "../../state/preferencesStore.ts";
import { createRunKeeper } from "../../state/run/runKeeper.ts";
import { openRunStorage } from "../../state/run/runStorage.ts";
import { digestOf } from "../../core/record/digest.ts";
import { fieldsOf, COMMITS, type PageState, readJson, revived } from "./readHistory.ts";

beforeEach(() => void vi.stubGlobal("indexedDB", new IDBFactory()));

/** The database as the old page left it, opened by today's. */
async function keeperOver({ version, stores }: PageState) {
  const db = await openDB("hybrid-batch-lab", version, {
    upgrade: (fresh) => Object.keys(stores).forEach((name) => void fresh.createObjectStore(name)),
  });
  for (const [name, entries] of Object.entries(stores)) {
    for (const { key, value } of entries) await db.put(name, revived(value), key);
  }
  db.close();
  const onTrouble = vi.fn();
  const keeper = createRunKeeper({
    openStorage: openRunStorage,
    findRun: () => undefined,
    nowMs: () => 0,
    onTrouble,
    onWritten: () => undefined,
  });
  const { runs, unreadable } = await keeper.open(() => undefined);
  expect([unreadable, onTrouble.mock.calls]).toEqual([[], []]);
  return { keeper, runs };
}

describe.each(COMMITS)("the page of %s", (commit) => {
  const page = readJson(`${commit}/page.json`) as PageState;
  const entry = (store: string, key: string) =>
    revived(page.stores[store]!.find((found) => found.key === key)!.value) as Record<string, unknown>;

  it("left runs that are listed as they were; what was going on is interrupted", async () => {
    const { runs } = await keeperOver(page);
    expect(runs.map(({ status }) => status).sort()).toEqual([
      "failed",
      "finished",
      "finished",
      "interrupted",
      "stopped",
    ]);
    expect(runs).toHaveLength(page.stores["runs"]!.length);
    for (const run of runs) {
      const { format: _, spec, status, ...kept } = entry("runs", run.id);
      expect(run).toMatchObject(kept);
      expect(fieldsOf(spec as object, run.spec)).toEqual(spec);
      expect(run.status).toBe(status === "running" ? "interrupted" : status);
    }
  });

  it("left every point, matrix, record and value of a query", async () => {
    const { keeper, runs } = await keeperOver(page);
    for (const { id, step, summary } of runs) {
      const kept = entry("details", id) as {
        format: number;
        id: string;
        columns: { metric: string; lang?: string; kind?: string; steps: number[]; values: number[] }[];
        record?: { points: object[]; digest: string };
      };
      const { format: _, id: __, columns, record, ...rest } = kept;
      const detail = await keeper.detail(id);
      expect(detail).toMatchObject(rest); // queryValues and both matrices
      const points = columns.flatMap(({ steps, values, ...of }) =>
        steps.map((at, i) => ({ ...of, step: at, value: values[i]! })),
      );
      expect(new Set(detailPoints(detail))).toEqual(new Set(record?.points ?? points));
      expect(detail.record?.digest).toBe(record?.digest);
      if (!detail.record) continue;
      expect(digestOf(detail.record)).toBe(detail.record.digest);
      expect(detail.record.final.values["map/mono"]).toBe(summary["map/mono"]!.now);
      expect(Math.max(...detail.record.points.map((point) => point.step))).toBe(step);
    }
  });

  it("shared a link that promises one of its runs", async () => {
    const { keeper, runs } = await keeperOver(page);
    const { expected, spec, problems } = decodeLink(page.link);
    expect(problems).toEqual([]);
    const run = runs.find((candidate) => candidate.spec.steps === spec.steps)!;
    const { record } = await keeper.detail(run.id);
    expect(record!.spec).toEqual(spec);
    expect(record!.digest.slice(0, 16)).toBe(expected!.digest);
  });

  it("left preferences", () => {
    const text = page.localStorage["hybrid-batch-lab/preferences"]!;
    const { version: _, ...kept } = JSON.parse(text) as Record<string, unknown>;
    const store = createPreferencesStore({ getItem: () => text, setItem: () => undefined });
    expect(store.getState()).toMatchObject({ hub: "", ...kept });
    expect(kept).toMatchObject({ theme: "light", introductionHidden: true });
  });
});
