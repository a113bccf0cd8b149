// The lever of a command at a terminal: the first Ctrl+C asks the run to end at its next step, a second one ends the process.
// Until there is a step to end at, nothing is caught: then the first one ends the process, whatever it loads.
import type { RunControl } from "../core/run/control.ts";
import { ENDING_SIGNALS } from "./files/isRunning.ts";

export interface Interrupt {
  readonly control: RunControl;
  dispose(): void;
}

/** One Ctrl+C may come twice, from the terminal and from the process that started this one. */
export const TWICE_MS = 500;

/**
 * @param how "suspended": the run is left with a snapshot; "stopped": it ends with an evaluation
 * @param say told once, when a signal has come
 */
export function catchInterrupt(how: "suspended" | "stopped", say: (line: string) => void): Interrupt {
  let isAsked = false;
  let isCaught = false;
  const dispose = () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, ask);
  };
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    setTimeout(dispose, TWICE_MS).unref();
    const what =
      how === "suspended"
        ? "left at its next step or block"
        : "stopped at its next step, and measured once more";
    say(`The run is ${what}; once more ends it at once.`);
  };
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve)); // or no signal would be heard
  const control: RunControl = {
    gate: breathe,
    trainGate() {
      if (!isCaught) for (const signal of ENDING_SIGNALS) process.on(signal, ask);
      isCaught = true;
      return breathe();
    },
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
