// Trains on an invented set in a process of its own and prints what it held: `trainInvented.ts PAIRS STEPS`.
// With no steps it only makes the set.
import { createNodePorts } from "../../src/cli/nodePorts.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import type { ExperimentSpec } from "../../src/core/spec/spec.ts";
import { runExperiment } from "../../src/training/run/runExperiment.ts";
import { heapMiB } from "../memoryRun.ts";
import { inventedHome, LANGUAGES } from "./inventedPairs.ts";

/** What one process reports, as one line of JSON on its standard output. */
export interface StreamedRun {
  readonly pairs: number;
  readonly loadSeconds: number; // read, verified and, at the first time, tokenised
  readonly pairsPerSecond: number; // training, over the last half of the steps, on the clock
  readonly pairsPerCpuSecond: number; // the same over the processor's time, which other programs do not stretch
  readonly heldMiB: readonly number[]; // JavaScript's heap and buffers after collections, at five points of the training
  readonly peakMiB: number; // of the process, loading included
}

const [pairs, steps] = process.argv.slice(2).map(Number) as [number, number];
process.env["LAB_HOME"] = await inventedHome(pairs);
if (steps === 0) process.exit(0);

const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "invented" },
  languages: {
    ...DEFAULT_SPEC.languages,
    train: Object.fromEntries(LANGUAGES.map((lang) => [lang, 1])),
    heldOut: [],
  },
  batch: { ...DEFAULT_SPEC.batch, size: 64 },
  encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 64, layers: 0, maxTokens: 64 },
  compute: { ...DEFAULT_SPEC.compute, backend: "wasm" },
  steps,
  evalEvery: 0,
};
const heldMiB: number[] = [];
/** A collection frees buffers in the background: the second one finds them gone. */
async function hold(): Promise<void> {
  heapMiB();
  await new Promise((resolve) => setTimeout(resolve, 100));
  heldMiB.push(heapMiB() + process.memoryUsage().arrayBuffers / 2 ** 20);
}
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
let firstStepMs = 0;
let half = { ms: 0, cpuMs: 0 };
let end = { ms: 0, cpuMs: 0 };
const now = () => ({ ms: performance.now(), cpuMs: cpuMs() });
const startMs = performance.now();
let step = 0;
const control = {
  gate: () => Promise.resolve(),
  stopped: false,
  paused: false,
  async trainGate() {
    // Between steps: what is held then is what training holds.
    if (step === 0) firstStepMs = performance.now();
    const before = now();
    if (step % Math.ceil(steps / 5) === 0) await hold();
    const after = now();
    if (step * 2 === steps) half = after;
    else if (step * 2 > steps) {
      // The measurement is no training.
      half = { ms: half.ms + after.ms - before.ms, cpuMs: half.cpuMs + after.cpuMs - before.cpuMs };
    }
    step++;
  },
};
for await (const event of runExperiment(spec, createNodePorts(), control, () => undefined)) {
  if (event.type === "progress" && event.progress.phase === "train" && event.progress.done === steps) {
    end = now();
  }
}
const result: StreamedRun = {
  pairs,
  loadSeconds: (firstStepMs - startMs) / 1000,
  pairsPerSecond: (spec.batch.size * steps) / 2 / ((end.ms - half.ms) / 1000),
  pairsPerCpuSecond: (spec.batch.size * steps) / 2 / ((end.cpuMs - half.cpuMs) / 1000),
  heldMiB,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
