import { describe, expect, it, vi } from "vitest";
import { AGE } from "../../core/age.ts";
import { ARITHMETIC } from "../../core/arithmetic.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { recordJson } from "../../core/export/recordJson.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import type { Point } from "../../core/record/point.ts";
import { writtenRecord, type RunRecord } from "../../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { digestOf } from "../../core/record/digest.ts";
import { DeviceError } from "../../core/machineError.ts";
import { failDevice } from "../engine/deviceFailure.ts";
import { runExperiment, type RunResources } from "./runExperiment.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { RunEvent } from "./runPorts.ts";
import { searchPool } from "../pool/searchPool.ts";

const languages = ["de", "en", "th"];
const corpus = smallCorpus({ languages, nConcepts: 24 });
const base: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: ["th"] },
  batch: { ...DEFAULT_SPEC.batch, size: 8, ratio: ofKinds({ mono: 0.5, cross: 0.5 }) },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  optimizer: { ...DEFAULT_SPEC.optimizer, learningRate: 0.05, warmup: 0, schedule: "constant" },
  steps: 40,
  evalEvery: 10,
};

async function run(spec: ExperimentSpec, control: RunControl = openControl, training = true) {
  const events: RunEvent[] = [];
  let kept: RunResources | undefined;
  const ports = memoryPorts(corpus);
  for await (const event of runExperiment(spec, ports, control, (r) => (kept = r), { training }))
    events.push(event);
  const finished = events.at(-1);
  if (finished?.type !== "finished") throw new Error("the run did not finish");
  return { events, record: finished.record, reason: finished.reason, resources: kept!, ports };
}
const series = (record: RunRecord, metric: string) =>
  record.points.filter((p) => p.metric === metric && p.lang === undefined);

describe("runExperiment", () => {
  it("evaluates before, during and after, and gives a loss for every step", async () => {
    const { record, reason } = await run(base);
    expect(reason).toBe("completed");
    expect(series(record, "map/multi").map((p) => p.step)).toEqual([0, 10, 20, 30, 40]);
    const losses = record.points.filter((p) => p.metric.startsWith("loss/"));
    expect(losses.map((p) => p.step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(losses.every((p) => p.kind !== undefined && p.metric === `loss/${p.kind}`)).toBe(true);
    const unknown = record.points.filter(({ metric }) => !findMetric(metric));
    expect(unknown, "no number without a row, so none without a tolerance").toEqual([]);
  });

  it("learns: the loss falls and cross-lingual mAP rises on what it trains", async () => {
    const { record } = await run({ ...base, steps: 120, evalEvery: 0 });
    const cross = series(record, "map/cross").map((p) => p.value);
    const trained = (step: number) =>
      record.points.filter(
        (p) => p.metric === "map/cross" && (p.lang === "de" || p.lang === "en") && p.step === step,
      );
    const mean = (points: readonly { value: number }[]) =>
      points.reduce((s, p) => s + p.value, 0) / points.length;
    expect(mean(trained(120))).toBeGreaterThan(mean(trained(0)) + 0.05);
    expect(cross.at(-1)).toBeGreaterThan(cross[0]!);
    const loss = record.points.filter((p) => p.metric === "loss/cross").map((p) => p.value);
    expect(loss.at(-1)).toBeLessThan(loss[0]! / 2);
  });

  it("tells each loss of slow steps before the next one, and changes no number by it", async () => {
    const spec = { ...base, steps: 4, evalEvery: 0 };
    let ms = 0;
    const ports = { ...memoryPorts(corpus), nowMs: () => (ms += 1500) };
    const told: string[] = [];
    let slow: RunRecord | undefined;
    for await (const event of runExperiment(spec, ports, openControl, () => undefined)) {
      if (event.type === "batch") told.push("batch");
      if (event.type === "points" && event.points.some(({ metric }) => metric.startsWith("loss/")))
        told.push("loss");
      if (event.type === "finished") slow = event.record;
    }
    expect(told).toEqual(["batch", "loss", "batch", "loss", "batch", "loss", "batch", "loss"]);
    expect(slow!.digest).toBe((await run(spec)).record.digest);
  });

  it("reads its starting weights again once nobody has them any more", async () => {
    class Forgotten {
      deref = () => undefined; // as after a collection
    }
    vi.stubGlobal("WeakRef", Forgotten);
    try {
      const { prepared, model } = (await run({ ...base, steps: 1, evalEvery: 0 })).resources;
      const start = await prepared.weights();
      const again = await prepared.weights();
      expect(again).not.toBe(start); // so training held none
      expect(again).toEqual(start);
      expect(start.config).toEqual(prepared.config);
      expect(await model.weights()).not.toEqual(start);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("makes its starting weights again where that can be, of the same numbers, and reads nothing", async () => {
    const ports = memoryPorts(corpus);
    let loads = 0;
    const remade = {
      ...ports,
      async openEncoder(...asked: Parameters<typeof ports.openEncoder>) {
        const encoder = await ports.openEncoder(...asked);
        const load = async (...how: Parameters<typeof encoder.load>) => {
          loads++;
          const { weights, ...facts } = await encoder.load(...how);
          const again = () => structuredClone(weights);
          return { ...facts, weights: again(), again };
        };
        return { ...encoder, load };
      },
    };
    const spec = { ...base, steps: 1, evalEvery: 0 };
    let kept: RunResources | undefined;
    for await (const _ of runExperiment(spec, remade, openControl, (r) => (kept = r))) continue;
    const readBefore = loads;
    const [first, second] = [await kept!.prepared.weights(), await kept!.prepared.weights()];
    expect(second).toBe(first); // for who still has them
    expect(first).toEqual(await (await run(spec)).resources.prepared.weights());
    expect(loads).toBe(readBefore);
  });

  it("reads them no second time for who still has them", async () => {
    const { prepared } = (await run({ ...base, steps: 1, evalEvery: 0 })).resources;
    const start = await prepared.weights();
    expect(await prepared.weights()).toBe(start);
  });

  it("gives one spec one digest, another seed another", async () => {
    const [a, b, c] = [await run(base), await run(base), await run({ ...base, seed: 2 })];
    expect(b.record.digest).toBe(a.record.digest);
    expect(c.record.digest).not.toBe(a.record.digest);
    expect(digestOf(a.record)).toBe(a.record.digest);
    expect(a.record).toMatchObject({ format: AGE, environment: { arithmetic: ARITHMETIC } });
  });

  it("is not shifted by evaluating more often", async () => {
    const losses = async (evalEvery: number) =>
      (await run({ ...base, evalEvery })).record.points.filter((p) => p.metric.startsWith("loss/"));
    expect(await losses(0)).toEqual(await losses(7));
  });

  it("counts what it trained on", async () => {
    const { record } = await run(base);
    expect(record.realised.mono! + record.realised.cross!).toBeCloseTo(40, 9);
    expect(record.realised.de! + record.realised.en!).toBe(40 * 8 * 2); // a query and a passage each row
    expect(record.realised.th).toBeUndefined();
    const shares = record.points.filter((p) => p.metric.startsWith("ratio/") && p.step === 10);
    expect(shares.reduce((s, p) => s + p.value, 0)).toBeCloseTo(1, 9);
  });

  it("ends when stopped, with a full evaluation of what it has", async () => {
    let steps = 0;
    const control: RunControl = {
      gate: () => Promise.resolve(),
      trainGate: () => Promise.resolve(void steps++),
      paused: false,
      get stopped() {
        return steps > 13;
      },
    };
    const { record, reason } = await run(base, control);
    expect(reason).toBe("stopped");
    expect(series(record, "map/multi").map((p) => p.step)).toEqual([0, 10, 13]);
    expect(record.final.values["map/multi"]).toBe(series(record, "map/multi").at(-1)!.value);
  });

  it("tells the values of single queries once, whose means are the record's numbers", async () => {
    const { events, record } = await run({ ...base, data: { ...base.data, liveQueries: 30 } });
    const told = events.flatMap((event) => (event.type === "queryValues" ? [event.values] : []));
    expect(told).toHaveLength(1);
    const { languages, queryLangs, values } = told[0]!;
    languages.forEach((name, lang) => {
      const own = [...values["map/cross"]!].filter((_, q) => queryLangs[q] === lang);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      expect(mean).toBeCloseTo(record.final.perLanguage[name]!.values["map/cross"]!, 6); // float32
    });
  });

  it("measures the cuts that are asked for, and changes nothing else by it", async () => {
    const cuts = ["recall@3/cross", "ndcg@20/mono", "ndcg@20/multi"];
    const short = { ...base, steps: 10, evalEvery: 0 };
    const plain = await run(short);
    const { record, events } = await run({ ...short, evaluate: { cuts } });
    for (const path of cuts) {
      expect(series(record, path).map((p) => p.step)).toEqual([0, 10]);
      expect(record.final.values[path]).toBe(series(record, path).at(-1)!.value);
      const german = record.points.filter((p) => p.metric === path && p.lang === "de");
      expect(record.final.perLanguage["de"]!.values[path]).toBe(german.at(-1)!.value);
    }
    const values = events.flatMap((event) => (event.type === "queryValues" ? [event.values.values] : []));
    expect(Object.keys(values[0]!)).toEqual(expect.arrayContaining(cuts));
    const isStanding = ({ metric }: Point) => !cuts.includes(metric) && !metric.startsWith("perf/");
    expect(record.points.filter(isStanding)).toEqual(plain.record.points.filter(isStanding));
    expect(parseRunRecord(JSON.parse(recordJson(record)), "run.json")).toEqual(record);
    expect(plain.record.digest).not.toBe(record.digest);
    const { evaluate: _, ...older } = plain.record.spec; // as labs without the field wrote it
    const text = JSON.stringify({ ...writtenRecord(plain.record), spec: older });
    expect(digestOf(parseRunRecord(JSON.parse(text), "run.json"))).toBe(plain.record.digest);
  });

  it("only evaluates when told not to train", async () => {
    const { record } = await run(base, openControl, false);
    expect(series(record, "map/multi").map((p) => p.step)).toEqual([0]);
    expect(record.realised).toEqual({});
  });

  it("asks a subset during the run and everything before and after", async () => {
    const { events } = await run({ ...base, data: { ...base.data, liveQueries: 30 } });
    const totals = events.flatMap((e) =>
      e.type === "progress" && e.progress.phase === "evaluate" && e.progress.done === e.progress.total
        ? [e.progress.total]
        : [],
    );
    expect(totals).toEqual([144, 30, 30, 30, 144]); // 24 concepts x 3 languages x 2 queries
  });

  it("mixes kinds within batches, and multi rows with several positives", async () => {
    const ratio = ofKinds({ mono: 0.3, cross: 0.3, multi: 0.4 });
    const { record } = await run({ ...base, batch: { ...base.batch, ratio, unit: "row" } });
    expect(record.points.some((p) => p.metric === "loss/multi")).toBe(true);
    expect(record.realised.mono! + record.realised.cross! + record.realised.multi!).toBeCloseTo(40, 9);
  });

  it.each([
    [{ encoder: { ...base.encoder, id: "nope" } }, 'encoder.id: "nope" is not an encoder'],
    [{ languages: { ...base.languages, heldOut: ["xx"] } }, "languages.eval: small has no xx"],
    [
      { languages: { ...base.languages, train: { xx: 1, yy: 1 }, eval: [] } },
      "languages.train: small has no xx",
    ],
    [{ batch: { ...base.batch, size: 900 } }, "need 900 different concepts, small has 18"],
    [{ languages: { ...base.languages, heldOut: ["de", "en"] } }, "leave at least one to train on"],
  ])("refuses a spec that cannot run (%#)", async (change, message) => {
    await expect(run({ ...base, ...change })).rejects.toThrow(message);
  });

  it("says so when training diverges", async () => {
    const wild = { ...base, optimizer: { ...base.optimizer, learningRate: 1e38 } };
    await expect(run(wild)).rejects.toThrow(/training diverged at step \d+.*lower optimizer.learningRate/);
  });
});

describe("searchPool", () => {
  it("ranks the pool for a typed query, before and after training", async () => {
    const { resources } = await run({ ...base, steps: 60 });
    // The tokens of concept 0 in English: language token 4 + 1, own token 4 + 3 + 0 * 3 + 1
    const answer = await searchPool(resources, { text: "t5 t8 t999999", languages: [], k: 5 });
    expect(answer.unknownPieces).toBe(1);
    expect(answer.cutAt).toBeUndefined();
    const long = await searchPool(resources, { text: "t5 t8 ".repeat(200), languages: [], k: 5 });
    expect(long.cutAt).toBe(base.encoder.maxTokens);
    expect(answer.pool).toBe(72);
    expect(corpus.passages.ids[answer.now[0]!.passage]).toBe("en:c0");
    expect(answer.now).toHaveLength(5);
    const german = await searchPool(resources, { text: "t5 t8", languages: ["de"], k: 99 });
    expect(german.pool).toBe(24);
    expect(german.now.every((hit) => corpus.passages.ids[hit.passage]!.startsWith("de:"))).toBe(true);
    resources.model.dispose();
  });

  it("says when nothing of the query is known", async () => {
    const { resources } = await run({ ...base, steps: 1 });
    await expect(searchPool(resources, { text: "hello", languages: [], k: 5 })).rejects.toThrow(
      "No part of “hello” occurs",
    );
  });

  it("ends with the device's reason when the device is lost, and the next run works", async () => {
    const lost = new DeviceError("The graphics device was lost (x); start the run again");
    let gates = 0;
    const gate = () => {
      if (++gates === 12) failDevice(lost);
      return gates < 12 ? Promise.resolve() : new Promise<void>(() => undefined); // it answers no more
    };
    const seen: RunEvent["type"][] = [];
    const events = runExperiment(
      base,
      memoryPorts(corpus),
      { ...openControl, trainGate: gate },
      () => undefined,
    );
    const follow = async () => {
      for await (const event of events) seen.push(event.type);
    };
    await expect(follow()).rejects.toBe(lost);
    expect(seen).toContain("batch"); // what came before is told
    expect((await run(base)).reason).toBe("completed");
  });

  it("refuses data that cannot fill its batches before anything is measured", async () => {
    const wide = { ...base, batch: { ...base.batch, size: 20 } }; // 18 of 24 concepts train
    const seen: RunEvent["type"][] = [];
    const follow = async () => {
      for await (const event of runExperiment(wide, memoryPorts(corpus), openControl, () => undefined))
        seen.push(event.type);
    };
    await expect(follow()).rejects.toThrow(
      /^batch\.size: .* need 20 different concepts, small has 18 for them; choose at most 18/,
    );
    expect(seen.filter((type) => type === "points" || type === "batch")).toEqual([]);
    const narrow = { ...base, batch: { ...base.batch, size: 18 } };
    expect((await run({ ...narrow, steps: 2 })).reason).toBe("completed");
  });
});
