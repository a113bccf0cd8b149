// Process entry: trains the runs that a sweep hands to it, one after the other, with all that they share loaded once. Ends
// with the process that started it.
import type { RunControl } from "../../core/run/control.ts";
import { ENDING_SIGNALS } from "../files/isRunning.ts";
import { firstLine } from "../commands/commandIo.ts";
import { createKeptPorts } from "../keptPorts.ts";
import { machineErrorOf } from "../../core/machineError.ts";
import type { FromLane, ToLane } from "./laneMessages.ts";
import { trainRun } from "./trainRun.ts";

const tell = (message: FromLane) => process.send?.(message);
const kept = createKeptPorts();
let isLeaving = false;

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve)); // or no message would be heard
const control: RunControl = {
  gate: breathe,
  trainGate: breathe,
  stopped: false,
  paused: false,
  get suspended() {
    return isLeaving;
  },
};

process.on("message", (message: ToLane) => {
  if (message.type === "leave") isLeaving = true;
  else {
    const { dir, run, checkpointEvery, baselines, trecDepth } = message;
    kept.beginRun();
    trainRun(dir, run, {
      ports: kept.ports,
      control,
      checkpointEvery,
      baselines,
      trecDepth,
      notice: (said) => tell({ type: "notice", message: said }),
    })
      .catch(
        (error: unknown) => ({ type: "failed", why: firstLine(machineErrorOf(error) ?? error) }) as const,
      )
      .then(tell)
      .catch(() => process.exit(1));
  }
});
process.on("disconnect", () => process.exit(1)); // nobody is there to hear: whatever is written is whole
for (const signal of ENDING_SIGNALS) process.on(signal, () => undefined); // the sweep hears it too, and says what it means
