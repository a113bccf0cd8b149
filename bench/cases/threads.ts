// What more threads bring to a training step on wasm, by wall time: the only case in which several may work.
import { productHelpers } from "../../src/cli/nodeThreads.ts";
import { shareProducts } from "../../src/training/engine/productThreads.ts";
import { inventBatch, inventWeights, nameShape } from "../../src/training/benchmark/stepShape.ts";
import { createModel } from "../../src/training/model/model.ts";
import { figure, type Case, type CaseResult } from "../case.ts";
import { startWasm } from "../device.ts";
import { describeTimes, race, timesOf } from "../race.ts";
import { shareSteps } from "../shareSteps.ts";
import { stepLoss } from "../stepRace.ts";
import { WASM_SHAPES } from "./stepWasm.ts";

export const threads: Case = {
  name: "threads",
  about: "one training step on wasm by all processors against one, in turn; wall time",
  async run() {
    await startWasm();
    const rows: CaseResult[] = [];
    for (const { shape, rounds } of WASM_SHAPES.filter(({ shape: { layers } }) => layers > 0)) {
      const [model, batch] = [createModel(inventWeights(shape)), inventBatch(shape, 1)];
      const step = async () => void (await stepLoss(model, batch));
      const { alone, together } = await race(
        {
          async alone() {
            shareProducts(undefined);
            return timesOf(step);
          },
          async together() {
            await shareSteps(productHelpers(), step);
            return timesOf(step);
          },
        },
        rounds,
      );
      model.dispose();
      rows.push(
        figure({
          name: `threads/${shape.layers}x${shape.width}`,
          unit: "ms",
          value: together.wallMs,
          baseline: "one thread",
          baselineValue: alone.wallMs,
          note: `${nameShape(shape)}; ${productHelpers().count + 1} threads ${describeTimes(together)}; one ${describeTimes(alone)}`,
        }),
      );
    }
    shareProducts(undefined);
    return rows;
  },
};
