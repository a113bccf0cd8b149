// Evaluates an invented pool in a process of its own and prints time and memory: `evaluatePool.ts PASSAGES`.
import { createNodePorts } from "../../src/cli/nodePorts.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import type { ExperimentSpec } from "../../src/core/spec/spec.ts";
import { runExperiment } from "../../src/training/run/runExperiment.ts";
import { deviceMiB, heapMiB } from "../memoryRun.ts";
import { inventedHome, LANGUAGES } from "./inventedPairs.ts";

/** What one process reports, as one line of JSON on its standard output. */
export interface PoolRun {
  readonly passages: number;
  readonly queries: number;
  readonly loadSeconds: number; // read, verified and, at the first time, tokenised
  readonly seconds: number; // encoded and ranked
  readonly heldMiB: number; // before: JavaScript's heap and buffers
  readonly peakMiB: number; // of the same while it ranked, and the WebAssembly memory, looked at after each block
  readonly multi: number; // mAP, so that two sizes can be seen to measure something
}

const passages = Number(process.argv[2]);
process.env["LAB_HOME"] = await inventedHome(passages, "pool");

const spec: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, eval: "invented", split: "all" },
  languages: { ...DEFAULT_SPEC.languages, eval: [...LANGUAGES] },
  encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 128, layers: 0, maxTokens: 64 },
  compute: { ...DEFAULT_SPEC.compute, backend: "wasm" },
};
const buffersMiB = () => process.memoryUsage().arrayBuffers / 2 ** 20;
const startMs = performance.now();
let loadedMs = 0;
let heldMiB = 0;
let peakMiB = 0;
for await (const event of runExperiment(
  spec,
  createNodePorts(),
  { ...open(), paused: false },
  () => undefined,
  { training: false },
)) {
  const now = performance.now();
  if (event.type === "progress" && event.progress.phase === "compile" && event.progress.done === 0) {
    loadedMs = now;
    heldMiB = heapMiB() + buffersMiB();
  }
  if (event.type !== "finished") continue;
  const { queries, values } = event.record.final;
  const result: PoolRun = {
    passages,
    queries,
    heldMiB,
    peakMiB,
    multi: values["map/multi"]!,
    loadSeconds: (loadedMs - startMs) / 1000,
    seconds: (now - loadedMs) / 1000,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
process.exit(0);

/** Lets everything pass, and looks at the memory meanwhile: the gate is asked after each block. */
function open() {
  return {
    stopped: false,
    trainGate: () => Promise.resolve(),
    gate() {
      peakMiB = Math.max(peakMiB, process.memoryUsage().heapUsed / 2 ** 20 + buffersMiB() + deviceMiB());
      return Promise.resolve();
    },
  };
}
