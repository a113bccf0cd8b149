// A pool's vectors a block at a time: all of a pool that fits in memory at once, a larger one in parts. Ranks nothing.
import type { RunControl } from "../../core/run/control.ts";
import type { Stretch } from "../../core/metrics/blockCounts.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import type { Encodes } from "../model/createEncoder.ts";
import { BLOCK_COLUMNS } from "../model/scorer.ts";
import type { EvalTask } from "./evalTask.ts";

/** Vectors of a whole pool up to this are held; the device has them once more. XQuAD-R at width 384 takes 20 MB. */
export const HELD_VECTOR_BYTES = 256 * 2 ** 20;
/** Vectors of one block of a larger pool. */
const BLOCK_VECTOR_BYTES = 32 * 2 ** 20;

/** Passages of a block: the whole pool where its vectors can be held. */
export function blockRows(nPool: number, width: number): number {
  const bytes = 4 * width;
  if (nPool * bytes <= HELD_VECTOR_BYTES) return nPool;
  return BLOCK_COLUMNS * Math.max(1, Math.floor(BLOCK_VECTOR_BYTES / (bytes * BLOCK_COLUMNS)));
}

/** `signal` is looked at between the blocks of texts, as `gate` is between those of queries. */
export interface Gate extends Pick<RunControl, "gate"> {
  readonly signal?: Pick<AbortSignal, "throwIfAborted">;
}

export interface PoolBlock extends Stretch {
  readonly vectors: Float32Array; // (n, width)
}

/** (N, width) by the model's present weights: those that `evaluateModel` gives; undefined where they cannot be held. */
export async function poolVectors(model: Encodes, task: EvalTask): Promise<Float32Array | undefined> {
  const nPool = task.set.passageLangs.length;
  if (blockRows(nPool, vectorWidth(model.config)) < nPool) return undefined;
  return model.encode(await task.passages(Int32Array.from(task.set.passageLangs.keys())));
}

/** The pool in its order, by the model's present weights. */
export async function* encodePool(
  model: Encodes,
  { set, passages }: EvalTask,
  rows = blockRows(set.passageLangs.length, vectorWidth(model.config)),
  signal?: Pick<AbortSignal, "throwIfAborted">,
): AsyncGenerator<PoolBlock> {
  const nPool = set.passageLangs.length;
  for (let first = 0; first < nPool; first += rows) {
    const n = Math.min(rows, nPool - first);
    const pool = Int32Array.from({ length: n }, (_, i) => first + i);
    yield { first, n, vectors: await model.encode(await passages(pool), signal) };
  }
}
