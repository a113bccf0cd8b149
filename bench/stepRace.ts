// One training step of the engine against its baselines on equal weights and batch; first that they compute the same.
import { createModel, type Model } from "../src/training/model/model.ts";
import type { TrainBatch } from "../src/training/model/trainBatch.ts";
import { createPlainModel } from "./plainOps/plainModel.ts";
import { race, type Contestant, type Medians } from "./race.ts";
import {
  inventBatch,
  inventWeights,
  meanLoss,
  STEP_OPTIONS,
  type StepShape,
} from "../src/training/benchmark/stepShape.ts";
import { startTorchStep } from "./torchStep.ts";

/** Relative difference of the mean loss allowed in a first step: sums of float32 in another order. */
export const LOSS_TOLERANCE = 1e-5;
/** After three updates, in which Adam divides by the root of tiny squares. */
const LATER_TOLERANCE = 1e-3;

export interface StepRace {
  readonly engine: Medians;
  readonly plain: Medians;
  readonly torch?: Medians; // absent where there is no python3 with torch
  readonly worstDifference: number; // of first losses
}

/** A step whose loss is read, so that it is over when the promise resolves. */
export async function stepLoss(model: Model, batch: TrainBatch): Promise<number> {
  return meanLoss(await model.trainStep(batch, STEP_OPTIONS).losses());
}

/**
 * @param checks steps that are compared before any is timed, >= 2
 * @throws Error if a baseline's losses are not the engine's: then times could not be compared
 */
export async function raceStep(
  shape: StepShape,
  {
    rounds,
    torch,
    checks = 4,
  }: { readonly rounds: number; readonly torch: boolean; readonly checks?: number },
): Promise<StepRace> {
  const weights = inventWeights(shape);
  const batch = inventBatch(shape, 1);
  const engine = createModel(weights);
  const plain = createPlainModel(weights);
  const child = torch ? startTorchStep(weights, batch, STEP_OPTIONS) : null;
  let worstDifference = 0;
  try {
    // The same batch over and over: rows outside it have no gradient, so dense and lazy updates agree on the loss.
    for (let step = 0; step < checks; step++) {
      const loss = await stepLoss(engine, batch);
      const others = {
        "plain ops": await plain.trainStep(batch, STEP_OPTIONS),
        PyTorch: (await child?.round())?.loss,
      };
      for (const [name, other] of Object.entries(others)) {
        if (other === undefined) continue;
        const difference = Math.abs(other - loss) / Math.abs(loss);
        if (step === 0) worstDifference = Math.max(worstDifference, difference);
        if (difference > (step === 0 ? LOSS_TOLERANCE : LATER_TOLERANCE)) {
          throw new Error(`step ${step}: the loss by ${name} is ${other}, by the engine ${loss}`);
        }
      }
    }
    const contestants: Record<string, Contestant> = {
      engine: async () => void (await stepLoss(engine, batch)),
      plain: async () => void (await plain.trainStep(batch, STEP_OPTIONS)),
      ...(child && { torch: () => child.round() }),
    };
    const medians = await race(contestants, rounds, 0); // the checks have warmed everything up
    return {
      engine: medians["engine"]!,
      plain: medians["plain"]!,
      ...(medians["torch"] && { torch: medians["torch"] }),
      worstDifference,
    };
  } finally {
    child?.end();
    engine.dispose();
    plain.dispose();
  }
}
