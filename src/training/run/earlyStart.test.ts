// The evaluation before training comes before most texts are tokenised, with the numbers it has when all of them are.
import { describe, expect, it } from "vitest";
import type { Point } from "../../core/record/point.ts";
import type { SidedRecord } from "../../core/data/records.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { numberedTokenizer, openControl } from "../../testing/memoryPorts.ts";
import { openCorpus } from "../corpus/openCorpus.ts";
import { createMemoryTokens } from "../corpus/tokenStore.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { writeShards } from "../data/writeShards.ts";
import { startBackend } from "../engine/backend.ts";
import { randomEncoder } from "../pretrained/startEncoder.ts";
import { runExperiment } from "./runExperiment.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";

const LANGUAGES = ["de", "en"];
const N = 240;
const TEXTS = 2 * LANGUAGES.length * N;

/** Passages of a language word, a word of their own and one of the training texts' alone. */
function* records(): Generator<SidedRecord> {
  for (const [l, lang] of LANGUAGES.entries()) {
    for (let c = 0; c < N; c++) {
      const split = c % 12 === 11 ? ("test" as const) : ("train" as const);
      const text = `t${4 + l} t${20 + (c % 60)} t${split === "test" ? 4 : 10 + (c % 10)}`;
      yield { side: "passages", record: { _id: `${lang}:${c}`, text, lang, concepts: [`c${c}`], split } };
      const query = { _id: `${lang}:${c}:q`, text: `t${20 + (c % 60)}`, lang, concept: `c${c}`, split };
      yield { side: "queries", record: query };
    }
  }
}

const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "heldOut" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 8 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  steps: 4,
  evalEvery: 0,
};

describe("the evaluation before training", async () => {
  const sets = createMemoryStore(null);
  const facts = { id: "small", title: "", licence: "", citation: "", source: "", languages: LANGUAGES };
  await writeShards(facts, records(), await sets.sink("small"));
  const tokenizer = numberedTokenizer(90);

  /** @param passesOn whether the ports let a run begin early */
  function follow(passesOn: boolean, store = createMemoryTokens(), own = spec) {
    let encoded = 0;
    let tell = () => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    const counting = { ...tokenizer, encode: (text: string) => (encoded++, tokenizer.encode(text)) };
    const ports: RunPorts = {
      openEncoder: () => Promise.resolve(randomEncoder({ tokenizer, json: "", framed: true })),
      startDevice: () => startBackend("cpu"),
      loadCorpus: (request, _, onProgress, early) =>
        openCorpus(sets.source("small"), request, counting, {
          store,
          onProgress,
          // The other texts wait for the first points, which so cannot need them.
          ...(passesOn && early && { early: (corpus) => early(corpus).then(() => told) }),
        }),
      nowMs: () => 0,
      versions: {},
    };
    return { events: runExperiment(own, ports, openControl, () => undefined), encoded: () => encoded, tell };
  }

  async function train(passesOn: boolean, store = createMemoryTokens()) {
    const { events, encoded, tell } = follow(passesOn, store);
    const points: Point[] = [];
    let before = -1; // texts tokenised when the first point came
    let digest = "";
    const matrices: RunEvent[] = [];
    for await (const event of events) {
      if (event.type === "points") {
        if (before < 0) before = encoded();
        points.push(...event.points);
        tell();
      }
      if (event.type === "matrix") matrices.push(event);
      if (event.type === "finished") digest = event.record.digest;
    }
    return { points, matrices, digest, before, encoded: encoded() };
  }

  it("has the same points, in the same order, and the digest, after a tenth of the texts", async () => {
    const [early, late] = [await train(true), await train(false)];
    expect(late.before).toBe(TEXTS);
    expect(early.before).toBe(TEXTS / 12); // queries and passages of the test part
    expect(early.encoded).toBe(TEXTS + TEXTS / 12);
    expect(early.points).toEqual(late.points);
    expect(early.matrices).toEqual(late.matrices);
    expect(early.digest).toBe(late.digest);
  });

  it("waits for nothing where the texts were tokenised before", async () => {
    const store = createMemoryTokens();
    const first = await train(true, store);
    const second = await train(true, store);
    expect(second).toMatchObject({ encoded: 0, digest: first.digest });
  });

  it("measures nothing of a run whose batches cannot be filled", async () => {
    const { events } = follow(true, createMemoryTokens(), { ...spec, batch: { ...spec.batch, size: 4096 } });
    const told: string[] = [];
    const run = async () => {
      for await (const event of events) told.push(event.type);
    };
    await expect(run()).rejects.toThrow("batch.size");
    expect(told).not.toContain("points");
  });
});
