// The lever of a run: what asks it to wait or to stop. Holds no behaviour.

import type { Ratio } from "../spec/batchKind.ts";

/** The hand on the lever. */
export interface RunControl {
  /** Asked before each training step; resolves when it may run: at once, or after a pause ends. */
  trainGate(): Promise<void>;
  /** Asked between blocks of an evaluation and before each look at the lever, to let messages in. */
  gate(): Promise<void>;
  readonly stopped: boolean;
  /** True leaves the run at the next step, with a snapshot and without an evaluation: it is not over. Left out: never. */
  readonly suspended?: boolean;
  /** Whether a snapshot was asked for since the last question; it is kept after the present step. Left out: never. */
  takeSnapshotWish?(): boolean;
  /** The mix that a hand asked for since the last question, the latest alone. Left out: never. */
  takeMixWish?(): Ratio | undefined;
  /** While true, losses are read before the gate, so that nothing of a paused run stays unseen. */
  readonly paused: boolean;
}
