// A training step on WebGPU against the plain ops. On a software adapter the shapes are small, or it would take minutes.
import { notMeasured, speedUp, type Case, type CaseResult } from "../case.ts";
import { startGpu } from "../device.ts";
import { describeTimes } from "../race.ts";
import { raceStep } from "../stepRace.ts";
import { nameShape, SMALL, type StepShape } from "../../src/training/benchmark/stepShape.ts";

const TINY: StepShape = { ...SMALL, pairs: 8, length: 12, vocabSize: 1024 };
export const WEBGPU_SHAPES: readonly StepShape[] = [
  { ...TINY, layers: 0 },
  TINY,
  { ...TINY, layers: 6, width: 64, feedForward: 256 },
];

export const stepWebgpu: Case = {
  name: "step-webgpu",
  about: "one training step on WebGPU: engine and plain ops in turn, loss read after each",
  gpu: true,
  async run() {
    const missing = await startGpu();
    if (missing !== undefined) {
      const row = { name: "step-webgpu", unit: "ms", baseline: "plain tfjs ops", target: "ratio <= 1/5" };
      return [notMeasured({ ...row, reason: missing })];
    }
    const rows: CaseResult[] = [];
    for (const shape of WEBGPU_SHAPES) {
      const { engine, plain, worstDifference } = await raceStep(shape, {
        rounds: 3,
        torch: false,
        checks: 2,
      });
      rows.push(
        speedUp({
          name: `step-webgpu/${shape.layers}x${shape.width}`,
          unit: "ms",
          value: engine.wallMs,
          baseline: "plain tfjs ops",
          baselineValue: plain.wallMs,
          times: 5,
          note:
            `${nameShape(shape)}; first losses differ by ${worstDifference.toExponential(1)}; ` +
            `engine ${describeTimes(engine)}; baseline ${describeTimes(plain)}`,
        }),
      );
    }
    return rows;
  },
};
