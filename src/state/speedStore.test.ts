// Speeds are kept from visit to visit, for what decides them, and nothing odd is believed.
import { describe, expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../core/record/pointColumns.ts";
import { withPath } from "../core/spec/spec.ts";
import { testRecord } from "../testing/testRecord.ts";
import { newRun, type Run } from "./run/run.ts";
import { speedKey } from "../core/series/measuredSpeeds.ts";
import { createSpeedStore, parseSpeeds } from "./speedStore.ts";

function storageOf(text: string | null) {
  const kept = { text };
  return {
    kept,
    storage: { getItem: () => kept.text, setItem: (_: string, next: string) => void (kept.text = next) },
  };
}

const run = (spec = testRecord.spec): Run => ({
  ...newRun({ id: "a", name: "a", colour: 0, createdAt: 0, spec, presetName: "mono" }),
  status: "finished",
  live: {
    stopRequested: false,
    phases: {
      teacher: { done: 210, total: 210, unit: "texts", startedAt: 1000, startedDone: 10, updatedAt: 5000 },
    },
  },
  detail: {
    state: "loaded",
    record: { ...testRecord, final: { ...testRecord.final, queries: 100, pool: 300 } },
    points: appendPoints(NO_POINTS, [
      { step: 1, metric: "perf/pairs_per_s", value: 10 },
      { step: 2, metric: "perf/pairs_per_s", value: 20 },
      { step: 2, metric: "perf/eval_queries_per_s", value: 50 },
    ]),
  },
});

describe("speeds", () => {
  it("are the last rates of a run, by encoder, and there in the next visit", () => {
    const { kept, storage } = storageOf(null);
    createSpeedStore(storage).getState().take(run());
    const { encoders, readers } = createSpeedStore(storageOf(kept.text).storage).getState();
    // 50 questions a second, each with 300 / 100 passages: 200 texts; the teacher read 200 in 4 s
    expect(encoders[speedKey(testRecord.spec)]).toEqual({ pairs: 20, texts: 200 });
    expect(readers[testRecord.spec.loss.teacher]).toBe(50);
    expect(encoders[speedKey(withPath(testRecord.spec, "encoder.maxTokens", 8))]).toBeUndefined();
  });

  it("of a run without rates change nothing", () => {
    const store = createSpeedStore(undefined);
    store.getState().take({ ...run(), live: undefined, detail: { state: "stored" } });
    expect(store.getState()).toMatchObject({ encoders: {}, readers: {} });
  });

  it.each([
    null,
    "{",
    "3",
    '"x"',
    '{"encoders":{"a":{"pairs":-1,"texts":2},"b":null},"readers":{"t":"9","u":0}}',
  ])("%s in storage is none", (text) => expect(parseSpeeds(text)).toEqual({ encoders: {}, readers: {} }));
});
