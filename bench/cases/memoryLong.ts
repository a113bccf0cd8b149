// Memory over 10,000 steps on wasm and WebGPU, as a curve: flat, or growing.
import { ceiling, notMeasured, type Case, type CaseResult } from "../case.ts";
import { adapterName, startGpu, startWasm } from "../device.ts";
import { describeSample, deviceMiB, sampleMemory, type MemorySample } from "../memoryRun.ts";
import { SMALL, type StepShape } from "../../src/training/benchmark/stepShape.ts";

/** Small, so that 10,000 steps take a minute; 2 layers, so that all of the engine's tensors are made and freed. */
const SHAPE: StepShape = { ...SMALL, width: 32, feedForward: 64, pairs: 8, vocabSize: 1000 };
const GPU_SHAPE: StepShape = { ...SHAPE, layers: 1, width: 16, heads: 2, feedForward: 32, pairs: 4 };
/** What SwiftShader can do 10,000 times; of steps with a layer it does fewer. */
const GPU_BAG: StepShape = { ...GPU_SHAPE, layers: 0 };

/** Above this the WebAssembly memory has been grown by earlier cases of the process. */
const FRESH_MIB = 64;

/** tfjs keeps a freed GPU buffer of each size for reuse, and a rare size comes late. Less than two bytes a step. */
const DEVICE_SLACK = 1 / 64; // MiB

/** The last sample against the first. The curve goes to the terminal. */
function hold(backend: string, samples: readonly MemorySample[]): CaseResult[] {
  for (const sample of samples) process.stdout.write(`    ${backend} ${describeSample(sample)}\n`);
  const first = samples[0]!;
  const last = samples.at(-1)!;
  const limit = (what: "tensors" | "heapMiB" | "deviceMiB", unit: string, slack: number) =>
    ceiling({
      name: `memory-long/${backend}/${what}`,
      unit,
      value: last[what],
      limit: first[what] + slack,
      limitName: `after ${first.step} steps${slack > 0 ? ` + ${Number(slack.toFixed(3))} ${unit}` : ""}`,
      note: `${last.step} steps: ${samples.map((sample) => Number(sample[what].toFixed(3))).join(", ")}`,
    });
  return [
    limit("tensors", "tensors", 0),
    limit("heapMiB", "MiB", 4),
    limit("deviceMiB", "MiB", DEVICE_SLACK),
  ];
}

export const memoryLong: Case = {
  name: "memory-long",
  about:
    "tensors, heap and device memory over 10,000 steps on wasm and WebGPU, with a layer 300 on SwiftShader",
  gpu: true,
  async run() {
    await startWasm();
    const thousands = Array.from({ length: 10 }, (_, i) => (i + 1) * 1000);
    const before = deviceMiB();
    const rows = hold("wasm", await sampleMemory(SHAPE, [500, ...thousands])).map((row) =>
      row.name.endsWith("deviceMiB") && before > FRESH_MIB
        ? notMeasured({
            name: row.name,
            unit: row.unit,
            baseline: row.baseline,
            target: row.target,
            reason: `other cases had left a WebAssembly memory of ${before.toFixed(0)} MiB; run --case memory-long alone`,
          })
        : row,
    );
    const missing = await startGpu();
    if (missing === undefined) {
      const real = !/swiftshader|llvmpipe|lavapipe/i.test(adapterName());
      const steps = real ? [500, ...thousands] : [100, 150, 200, 250, 300];
      rows.push(...hold("webgpu", await sampleMemory(GPU_SHAPE, steps)));
      if (!real) rows.push(...hold("webgpu-bag", await sampleMemory(GPU_BAG, [500, ...thousands])));
    } else {
      const row = {
        name: "memory-long/webgpu",
        unit: "MiB",
        baseline: "early in the run",
        target: "ratio <= 1",
      };
      rows.push(notMeasured({ ...row, reason: missing }));
    }
    return rows;
  },
};
