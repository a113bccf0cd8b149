// One process: opens a checkpoint for cldr-emoji in nine languages, trains a few steps, prints times and peak memory.
// Arguments: folder, backend, steps, rows of a batch. Prints one line of JSON.
import { createNodePorts } from "../../src/cli/nodePorts.ts";
import { nodePlaces } from "../../src/cli/nodeModels.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { createModel } from "../../src/training/model/model.ts";
import { prepareRun } from "../../src/training/run/prepareRun.ts";
import { buildTrainBatch } from "../../src/training/run/trainBatch.ts";
import { deviceMiB } from "../memoryRun.ts";
import { STEP_OPTIONS } from "../../src/training/benchmark/stepShape.ts";

export interface CheckpointRun {
  readonly adapter: string;
  readonly loadSeconds: number; // tokenising included
  readonly pieces: number; // rows kept
  readonly parameters: number;
  readonly stepSeconds: number; // the last step
  readonly losses: readonly number[]; // mean of each step
  readonly loadedMiB: number; // resident before the model went to the device, at its highest
  readonly peakMiB: number; // of the process
  readonly deviceMiB: number; // WebAssembly memory or GPU buffers
}

const [dir, backend, steps, rows] = process.argv.slice(2) as [string, "wasm" | "webgpu", string, string];
let spec = withPath(DEFAULT_SPEC, "encoder.id", "local:bench");
spec = withPath(spec, "batch.size", Number(rows));
const ports = createNodePorts(nodePlaces(new Map([["bench", dir]])));
const peakMiB = () => process.resourceUsage().maxRSS / 1024;

const { adapter } = await ports.startDevice(backend);
const start = performance.now();
const prepared = await prepareRun(spec, ports, {}, () => undefined);
const weights = await prepared.weights();
const loadSeconds = (performance.now() - start) / 1000;
const loadedMiB = peakMiB();
const model = createModel(weights);
const losses: number[] = [];
let stepSeconds = 0;
for (const batch of prepared.plan()) {
  if (batch.step >= Number(steps)) break;
  const input = await buildTrainBatch(batch, prepared.train!, prepared.vocabulary, spec.loss.weights);
  const begin = performance.now();
  const values = await model.trainStep(input, { ...STEP_OPTIONS, learningRate: 1e-4 }).losses();
  stepSeconds = (performance.now() - begin) / 1000;
  losses.push(values.reduce((a, b) => a + b, 0) / values.length);
}
const report: CheckpointRun = {
  adapter,
  loadSeconds,
  pieces: prepared.vocabulary.pieceIds.length,
  parameters: Object.values(weights.tensors).reduce((sum, { data }) => sum + data.length, 0),
  stepSeconds,
  losses,
  loadedMiB,
  peakMiB: peakMiB(),
  deviceMiB: deviceMiB(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);
