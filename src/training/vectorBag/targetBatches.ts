// Batches of texts with their targets: which texts meet in a step, by the seed alone. Trains nothing.
import type { Random } from "../../core/random.ts";
import { joinRows } from "../distill/textGroups.ts";
import type { TargetBatch } from "../model/targetLoss.ts";
import type { Targets, TextPlace } from "./targets.ts";

export interface TargetBatches {
  /** Batch `step` depends on seed and step alone. */
  at(step: number): Omit<TargetBatch, "contrast">;
}

/** By list and text. */
export interface TextNumbers {
  readonly tokens: readonly (readonly Int32Array[])[];
  readonly concepts: readonly Int32Array[];
}

/** Texts to draw from, a share of them in each pass; none is without a piece. */
export interface DrawnTexts {
  readonly places: readonly TextPlace[];
  readonly draw: number; // in (0, 1]
}

/**
 * In each pass a share of each kind of texts, drawn anew, all shuffled; what is left over, less than a batch, is not seen.
 * With fewer texts than `batchSize`, a batch has them all.
 *
 */
export function createTargetBatches(
  { tokens, concepts }: TextNumbers,
  kinds: readonly DrawnTexts[],
  targets: Targets,
  { batchSize, random }: { readonly batchSize: number; readonly random: Random },
): TargetBatches {
  const drawn = kinds.map(({ places, draw }) => Math.max(1, Math.round(places.length * draw)));
  const perPassTexts = drawn.reduce((sum, n) => sum + n, 0);
  const size = Math.min(batchSize, perPassTexts);
  const perPass = Math.floor(perPassTexts / size);
  let pass = -1;
  let order: TextPlace[] = [];
  const shuffled = (stream: Random) => {
    const chosen = kinds.flatMap(({ places }, k) => {
      const own = stream.fork(k).shuffle(Int32Array.from(places.keys()));
      return Array.from(own.subarray(0, drawn[k]), (i) => places[i]!);
    });
    return stream.fork("order").shuffle(chosen);
  };
  return {
    at(step) {
      const wanted = Math.floor(step / perPass);
      if (wanted !== pass) {
        order = shuffled(random.fork(wanted));
        pass = wanted;
      }
      const first = (step % perPass) * size;
      const chosen = order.slice(first, first + size);
      return {
        texts: joinRows(chosen.map(({ list, at }) => tokens[list]![at]!)),
        targets: targets.of(chosen),
        concepts: Int32Array.from(chosen, ({ list, at }) => concepts[list]![at]!),
      };
    },
  };
}
