// A training step on wasm, one thread, against the plain ops and against PyTorch on the same weights and batch.
import { atMost, notMeasured, speedUp, type Case, type CaseResult } from "../case.ts";
import { startWasm } from "../device.ts";
import { describeTimes } from "../race.ts";
import { raceStep } from "../stepRace.ts";
import { nameShape, SMALL, type StepShape } from "../../src/training/benchmark/stepShape.ts";
import { findTorch, NO_TORCH } from "../torchProcess.ts";

export const WASM_SHAPES: readonly { readonly shape: StepShape; readonly rounds: number }[] = [
  { shape: { ...SMALL, layers: 0 }, rounds: 9 },
  { shape: SMALL, rounds: 9 },
  {
    shape: { ...SMALL, layers: 6, width: 384, feedForward: 1536, heads: 12, pairs: 16, length: 32 },
    rounds: 5,
  },
];

export const stepWasm: Case = {
  name: "step-wasm",
  about: "one training step on wasm, one thread: engine, plain ops, PyTorch in turn; CPU time",
  async run() {
    await startWasm();
    const rows: CaseResult[] = [];
    for (const { shape, rounds } of WASM_SHAPES) {
      const { engine, plain, torch, worstDifference } = await raceStep(shape, { rounds, torch: true });
      const name = `step-wasm/${shape.layers}x${shape.width}`;
      const common = { unit: "ms of CPU", value: engine.cpuMs };
      const same = `${nameShape(shape)}; first losses differ by ${worstDifference.toExponential(1)}`;
      rows.push(
        speedUp({
          ...common,
          name: `${name}/plain-ops`,
          baseline: "plain tfjs ops, with UnsortedSegmentSum and transposes mended",
          baselineValue: plain.cpuMs,
          times: 1,
          note: `${same}; engine ${describeTimes(engine)}; baseline ${describeTimes(plain)}`,
        }),
      );
      const target = { name: `${name}/pytorch`, baseline: `${findTorch()?.version ?? "PyTorch"}, 1 thread` };
      rows.push(
        torch
          ? atMost({
              ...common,
              ...target,
              baselineValue: torch.cpuMs,
              most: 1.5,
              note: `${same}; baseline ${describeTimes(torch)}`,
            })
          : notMeasured({ ...common, ...target, target: "ratio <= 1.5", reason: NO_TORCH }),
      );
    }
    return rows;
  },
};
