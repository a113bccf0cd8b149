// The lever of a command at a terminal: the first Ctrl+C asks the run to end at its next step, a second one ends the process.
import type { RunControl } from "../core/run/control.ts";

export interface Interrupt {
  readonly control: RunControl;
  dispose(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * @param how "suspended": the run is left with a snapshot; "stopped": it ends with an evaluation
 * @param say told once, when a signal has come
 */
export function catchInterrupt(how: "suspended" | "stopped", say: (line: string) => void): Interrupt {
  let isAsked = false;
  const dispose = () => {
    for (const signal of SIGNALS) process.off(signal, ask);
  };
  const ask = () => {
    isAsked = true;
    dispose();
    const what = how === "suspended" ? "left" : "stopped, and measured once more";
    say(`The run is ${what} at its next step; once more ends it at once.`);
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve)); // or no signal would be heard
  const control: RunControl = {
    gate: breathe,
    trainGate: breathe,
    paused: false,
    get stopped() {
      return isAsked && how === "stopped";
    },
    get suspended() {
      return isAsked && how === "suspended";
    },
  };
  return { control, dispose };
}
