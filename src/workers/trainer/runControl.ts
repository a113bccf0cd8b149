// The lever of one run: running, paused, or one step and then paused. Knows nothing of training.
import type { Ratio } from "../../core/spec/batchKind.ts";
import type { RunControl } from "../../core/run/control.ts";

export interface Lever extends RunControl {
  pause(): void;
  resume(): void;
  /** Lets one training step through, then holds. */
  stepOnce(): void;
  /** Lets the run keep a snapshot after the step that is under way. */
  askSnapshot(): void;
  /** Another mix, to be taken after the step that is under way. */
  askMix(ratio: Ratio): void;
  /** Ends the run at the next gate, a paused one too. */
  stop(): void;
}

/** @param breathe lets messages in between steps; resolves soon */
export function createLever(startPaused: boolean, breathe: () => Promise<void>): Lever {
  let paused = startPaused;
  let stopped = false;
  let steps = 0; // that may pass while paused
  let snapshotAsked = false;
  let mix: Ratio | undefined; // asked for, not taken yet
  let wake: (() => void) | undefined;
  const rouse = () => {
    wake?.();
    wake = undefined;
  };
  return {
    get paused() {
      return paused;
    },
    get stopped() {
      return stopped;
    },
    gate: breathe, // where messages come in; a pause never leaves a half-made evaluation
    async trainGate() {
      while (paused && !stopped && steps === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (paused && steps > 0) steps--;
    },
    takeSnapshotWish() {
      const asked = snapshotAsked;
      snapshotAsked = false;
      return asked;
    },
    takeMixWish() {
      const asked = mix;
      mix = undefined;
      return asked;
    },
    askMix(ratio) {
      mix = ratio;
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      steps = 0;
      rouse();
    },
    stepOnce() {
      paused = true;
      steps++;
      rouse();
    },
    askSnapshot() {
      snapshotAsked = true;
    },
    stop() {
      stopped = true;
      rouse();
    },
  };
}
