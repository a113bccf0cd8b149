// Batches of texts with their targets: which texts meet in a step, by the seed alone. Trains nothing.
import type { Random } from "../../core/random.ts";
import { joinRows } from "../distill/textGroups.ts";
import type { TargetBatch } from "../model/targetLoss.ts";
import type { Targets, TextPlace } from "./targets.ts";

export interface TargetBatches {
  /** Batch `step` depends on seed and step alone. */
  at(step: number): Pick<TargetBatch, "texts" | "targets">;
}

/**
 * Every text once, shuffled, then all again in another order; what is left over of a pass, less than a batch, is not
 * seen in it. With fewer texts than `batchSize`, a batch has them all.
 *
 * @param tokens of each list's texts
 * @param places the texts to train on; those without a piece must be left out
 */
export function createTargetBatches(
  tokens: readonly (readonly Int32Array[])[],
  places: readonly TextPlace[],
  targets: Targets,
  { batchSize, random }: { readonly batchSize: number; readonly random: Random },
): TargetBatches {
  const size = Math.min(batchSize, places.length);
  const perPass = Math.floor(places.length / size);
  let pass = -1;
  const order = new Int32Array(places.length);
  return {
    at(step) {
      const wanted = Math.floor(step / perPass);
      if (wanted !== pass) {
        order.forEach((_, i) => (order[i] = i));
        random.fork(wanted).shuffle(order);
        pass = wanted;
      }
      const first = (step % perPass) * size;
      const chosen = Array.from(order.subarray(first, first + size), (i) => places[i]!);
      return {
        texts: joinRows(chosen.map(({ list, at }) => tokens[list]![at]!)),
        targets: targets.of(chosen),
      };
    },
  };
}
