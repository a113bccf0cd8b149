// The evaluation before training is measured once for a start and its test, and every later run gives the same record.
import { describe, expect, it } from "vitest";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { memoryStarts, type MemoryStarts } from "../../testing/memoryStarts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { searchPool } from "../pool/searchPool.ts";
import { runExperiment, type RunResources } from "./runExperiment.ts";
import type { RunEvent } from "./runPorts.ts";

const corpus = smallCorpus({ languages: ["de", "en", "th"], nConcepts: 24 });
const base: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: ["th"] },
  batch: { ...DEFAULT_SPEC.batch, size: 8 },
  encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 16 },
  steps: 4,
  evalEvery: 0,
};

async function run(spec: ExperimentSpec, starts?: MemoryStarts) {
  const events: RunEvent[] = [];
  let kept: RunResources | undefined;
  const ports = { ...memoryPorts(corpus), ...(starts && { starts }) };
  for await (const event of runExperiment(spec, ports, openControl, (r) => (kept = r))) events.push(event);
  const finished = events.at(-1);
  if (finished?.type !== "finished") throw new Error("the run did not finish");
  const evaluations = events.filter(
    (event) =>
      event.type === "progress" &&
      event.progress.phase === "evaluate" &&
      event.progress.done === event.progress.total,
  ).length;
  return { events, record: finished.record, resources: kept!, evaluations };
}
const valuesOf = (events: readonly RunEvent[]) => {
  const found = events.find((event) => event.type === "startValues");
  return found?.type === "startValues" ? found : undefined;
};

describe("the evaluation before training", () => {
  it("is measured once, and the next run of that start and test has the same record", async () => {
    const starts = memoryStarts();
    const [plain, first, second] = [await run(base), await run(base, starts), await run(base, starts)];
    expect([plain, first, second].map(({ evaluations }) => evaluations)).toEqual([2, 2, 1]);
    expect(second.record.digest).toBe(plain.record.digest);
    expect(starts.texts.size).toBe(1);
  });

  it("is another one with other cuts, and these are taken from it in their order", async () => {
    const starts = memoryStarts();
    await run(base, starts);
    const spec = { ...base, evaluate: { cuts: ["recall@3/cross", "ndcg@5/mono", "ndcg@5/multi"] } };
    const [first, second] = [await run(spec, starts), await run(spec, starts)];
    expect([first, second].map(({ evaluations }) => evaluations)).toEqual([2, 1]);
    expect(second.record.digest).toBe(first.record.digest);
    expect(starts.texts.size).toBe(2);
  });

  it("tells the values of single queries, the same ones again", async () => {
    const starts = memoryStarts();
    const [first, second] = [
      valuesOf((await run(base, starts)).events)!,
      valuesOf((await run(base, starts)).events)!,
    ];
    expect(second.key).toBe(first.key);
    expect(second.values).toEqual(first.values);
    // Their mean over the queries of a language is the record's point of step 0.
    const { record } = await run(base, starts);
    const { languages, queryLangs, values } = first.values;
    for (const [l, lang] of languages.entries()) {
      const own = [...values["map/mono"]!].filter((_, q) => queryLangs[q] === l);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      const point = record.points.find((p) => p.step === 0 && p.metric === "map/mono" && p.lang === lang)!;
      expect(mean).toBeCloseTo(point.value, 6);
    }
  });

  it("serves a run that trains otherwise, none with another start or test", async () => {
    const starts = memoryStarts();
    await run(base, starts);
    const { batch, loss, languages, encoder, data } = base;
    const same: ExperimentSpec[] = [
      { ...base, steps: 6, evalEvery: 2 },
      { ...base, batch: { ...batch, ratio: ofKinds({ mono: 1 }) } },
      { ...base, loss: { ...loss, temperature: 0.1 } },
    ];
    for (const spec of same) await run(spec, starts);
    expect(starts.texts.size).toBe(1);
    const others: ExperimentSpec[] = [
      { ...base, seed: 9 }, // its random weights
      { ...base, encoder: { ...encoder, width: 32 } },
      { ...base, languages: { ...languages, heldOut: [] } },
      { ...base, data: { ...data, split: "heldOut" } },
    ];
    for (const [i, spec] of others.entries()) {
      await run(spec, starts);
      expect(starts.texts.size).toBe(2 + i);
    }
  });

  it("is measured again where what was kept is damaged or cannot be read, and says so", async () => {
    const starts = memoryStarts();
    const whole = await run(base, starts);
    const [key, text] = [...starts.texts][0]!;
    for (const damaged of [text.slice(0, -9), "{}", text.replace(key, "0".repeat(64)), ""]) {
      starts.texts.set(key, damaged);
      const { record, events, evaluations } = await run(base, starts);
      expect(record.digest).toBe(whole.record.digest);
      expect(evaluations).toBe(2);
      const notices = events.flatMap((event) => (event.type === "notice" ? [event.message] : []));
      expect(notices.join()).toMatch(/^the kept evaluation before training.* it is measured again\.$/);
    }
    const locked = { ...starts, read: () => Promise.reject(new Error("storage is locked")) };
    expect((await run(base, locked)).record.digest).toBe(whole.record.digest);
    const full = { ...memoryStarts(), write: () => Promise.reject(new Error("no room")) };
    expect((await run(base, full)).record.digest).toBe(whole.record.digest);
  });

  it("leaves answers by the starting weights as they were", async () => {
    const starts = memoryStarts();
    const query = { text: corpus.queries.ids[0]!, languages: [], k: 5 };
    const ask = async ({ resources }: Awaited<ReturnType<typeof run>>) => {
      const { queries } = corpus;
      const tokens = queries.tokens.subarray(queries.offsets[0], queries.offsets[1]);
      return searchPool(resources, { ...query, text: Array.from(tokens, (id) => `t${id}`).join(" ") });
    };
    const [first, second] = [await ask(await run(base, starts)), await ask(await run(base, starts))];
    expect(second.before).toEqual(first.before);
    expect(second.now).toEqual(first.now);
  });
});
