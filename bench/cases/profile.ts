// Where a training step's time goes: by kind of kernel, on wasm by the clock around each call, on WebGPU by the GPU's own.
import { createModel } from "../../src/training/model/model.ts";
import { kernelTimes, kindOf, sharesBy } from "../../src/training/benchmark/stepProfile.ts";
import {
  inventBatch,
  inventWeights,
  nameShape,
  type StepShape,
} from "../../src/training/benchmark/stepShape.ts";
import { figure, notMeasured, seconds, type Case, type CaseResult } from "../case.ts";
import { startGpu, startWasm } from "../device.ts";
import { stepLoss } from "../stepRace.ts";
import { WASM_SHAPES } from "./stepWasm.ts";
import { WEBGPU_SHAPES } from "./stepWebgpu.ts";

const nowMs = () => performance.now();

/** Each kind's share of `steps` steps, and how fast products were. The kernels with their sizes go to the terminal. */
async function profile(backend: string, shape: StepShape, steps: number): Promise<CaseResult[]> {
  const model = createModel(inventWeights(shape));
  const batch = inventBatch(shape, 1);
  const work = async () => {
    for (let step = 0; step < steps; step++) await stepLoss(model, batch);
  };
  await work(); // first steps make tensors and pipelines that later ones keep
  let times: Awaited<ReturnType<typeof kernelTimes>>;
  const wallMs = 1000 * (await seconds(async () => (times = await kernelTimes(work, nowMs))));
  model.dispose();
  const at = `profile/${backend}/${shape.layers}x${shape.width}`;
  if (!times) {
    const row = { name: at, unit: "ms a step", baseline: "the step", target: "none" };
    return [notMeasured({ ...row, reason: "this adapter has no timestamp queries" })];
  }
  process.stdout.write(`    ${backend} ${nameShape(shape)}: ${(wallMs / steps).toPrecision(3)} ms a step\n`);
  const named = sharesBy(times, ({ name, sizes }) => {
    const { n, k, m } = sizes;
    return n === undefined ? name : `${name} ${n} x ${k} x ${m}`;
  });
  for (const { name, ms, calls } of named.slice(0, 12)) {
    process.stdout.write(`      ${(ms / steps).toPrecision(3).padStart(7)} ms ${calls / steps} x ${name}\n`);
  }
  const flops = times.reduce((sum, { sizes: { n = 0, k = 0, m = 0 } }) => sum + 2 * n * k * m, 0);
  return sharesBy(times, ({ name }) => kindOf(name)).map(({ name, ms, calls }) =>
    figure({
      name: `${at}/${name}`,
      unit: "ms a step",
      value: ms / steps,
      baseline: "the step",
      baselineValue: wallMs / steps,
      note: `${calls / steps} kernels${name === "products" ? `, ${(flops / ms / 1e6).toPrecision(3)} GFLOP/s` : ""}`,
    }),
  );
}

export const profileCase: Case = {
  name: "profile",
  about: "share of each kind of kernel in a training step; wasm, and WebGPU by timestamp queries",
  gpu: true,
  async run() {
    await startWasm();
    const rows: CaseResult[] = [];
    for (const { shape } of WASM_SHAPES) rows.push(...(await profile("wasm", shape, 5)));
    const missing = await startGpu();
    if (missing !== undefined) {
      const row = { name: "profile/webgpu", unit: "ms a step", baseline: "the step", target: "none" };
      return [...rows, notMeasured({ ...row, reason: missing })];
    }
    for (const shape of WEBGPU_SHAPES) rows.push(...(await profile("webgpu", shape, 1)));
    return rows;
  },
};
