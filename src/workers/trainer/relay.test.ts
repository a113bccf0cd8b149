// What the page is told of a run, and how often: the last batch is always among what is shown.
import { expect, it, vi } from "vitest";
import type { Batch } from "../../core/plan/batch.ts";
import { heldCorpus } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { testRecord } from "../../testing/testRecord.ts";
import type { AboutRun } from "../protocol.ts";
import { createRelay } from "./relay.ts";

const train = heldCorpus(smallCorpus({ languages: ["de", "en"], nConcepts: 4 }), 200);
const batch = (step: number): Batch => ({
  step,
  kind: "mono",
  languages: ["de", "en"],
  rows: [{ kind: "mono", concept: 0, query: 0, passages: [0] }],
});

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

function relayed(pace?: number) {
  const told: AboutRun[] = [];
  let ms = 0;
  const relay = createRelay(
    "a",
    () => ms,
    () => false,
    (event) => told.push(event),
    pace,
  );
  const steps = () => told.flatMap((event) => (event.type === "batch" ? [event.batch.step] : []));
  const pass = async (step: number, atMs: number) => {
    ms = atMs;
    await relay.pass({ type: "batch", batch: batch(step) }, train);
    await turn(); // its texts are looked up
  };
  return { relay, told, steps, pass };
}

it("shows two batches a second, and at the end the last one, before the record", async () => {
  const { relay, told, steps, pass } = relayed();
  const fed = [0, 100, 600, 700, 710]; // ms
  for (const [step, atMs] of fed.entries()) await pass(step, atMs);
  expect(steps()).toEqual([0, 2]);
  await relay.pass({ type: "finished", reason: "completed", record: testRecord }, train);
  expect(steps()).toEqual([0, 2, 4]);
  expect(told.at(-1)!.type).toBe("finished");
});

it("shows them less often to a page that draws slowly, and still the last one", async () => {
  const { relay, steps, pass } = relayed(3); // three times as rare
  const fed = [0, 600, 1400, 1600, 1700]; // ms
  for (const [step, atMs] of fed.entries()) await pass(step, atMs);
  expect(steps()).toEqual([0, 3]);
  await relay.pass({ type: "finished", reason: "completed", record: testRecord }, train);
  expect(steps()).toEqual([0, 3, 4]);
});

it("tells a slow page of phases that come again at its pace, and of the last one though nothing follows", async () => {
  vi.useFakeTimers();
  try {
    const { relay, told } = relayed(4); // every second
    const phases = () => told.flatMap((event) => (event.type === "progress" ? [event.progress.phase] : []));
    const first = ["encode", "evaluate", "train"] as const;
    for (const phase of [...first, "encode", "evaluate"] as const)
      await relay.pass({ type: "progress", progress: { phase, done: 1, total: 1, unit: "texts" } }, train);
    expect(phases()).toEqual(first);
    vi.advanceTimersByTime(1000);
    expect(phases()).toEqual([...first, "evaluate"]);
    vi.advanceTimersByTime(5000);
    expect(phases()).toHaveLength(4);
    await relay.pass(
      { type: "progress", progress: { phase: "encode", done: 1, total: 1, unit: "texts" } },
      train,
    );
    relay.end(); // a run that failed
    vi.advanceTimersByTime(5000);
    expect(phases()).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});

it("tells a quick page of every phase at once", async () => {
  const { relay, told } = relayed(1.2);
  for (const phase of ["download", "tokenise", "encode"] as const)
    await relay.pass({ type: "progress", progress: { phase, done: 0, total: 1, unit: "texts" } }, train);
  expect(told).toHaveLength(3);
});

it("shows the last one at a pause, and none twice", async () => {
  const { relay, steps, pass } = relayed();
  await pass(0, 0);
  await pass(1, 100);
  relay.flush();
  await turn();
  expect(steps()).toEqual([0, 1]);
  await relay.pass({ type: "finished", reason: "stopped", record: testRecord }, train);
  expect(steps()).toEqual([0, 1]);
});

it("tells of steps while a batch's texts are looked up, and shows the batch when they are there", async () => {
  const { relay, told, steps } = relayed();
  const answers: (() => void)[] = [];
  const slow: typeof train = {
    ...train,
    texts: (side, rows) => new Promise((resolve) => answers.push(() => resolve(train.texts(side, rows)))),
  };
  await relay.pass({ type: "batch", batch: batch(0) }, slow);
  const progress = { phase: "train", done: 1, total: 40, unit: "steps" } as const;
  await relay.pass({ type: "progress", progress }, slow);
  expect(told.map(({ type }) => type)).toEqual(["progress"]);
  await turn();
  expect(answers).toHaveLength(2); // queries and passages at once
  for (const answer of answers) answer();
  await turn();
  expect(steps()).toEqual([0]);
});

it("ends no run for a batch that cannot be shown, and shows the next one", async () => {
  const { relay, steps, pass } = relayed();
  const broken = { ...train, texts: () => Promise.reject(new Error("a shard is gone")) };
  await relay.pass({ type: "batch", batch: batch(0) }, broken);
  await turn();
  await pass(1, 600);
  expect(steps()).toEqual([1]);
});
