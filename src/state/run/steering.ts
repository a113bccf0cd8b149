// The run that the worker trains: started, steered, followed to its end. Never reads the form.
import { messageOf } from "../../core/messageOf.ts";
import { findPreset } from "../../core/spec/presets.ts";
import { contradictionOf } from "../../core/spec/specChecks.ts";
import { refusalOf } from "../../workers/labClient.ts";
import type { WireError } from "../../workers/protocol.ts";
import { freeColour, freeName } from "./naming.ts";
import { reduceRun } from "./reduceRun.ts";
import { isGoing, newRun, type Run } from "./run.ts";
import type { RunsContext, Steering } from "./runsState.ts";

export function createSteering({ store, deps, keeper, find, change, add }: RunsContext): Steering {
  const { link, nowMs } = deps;
  const { getState: get, setState: set } = store;
  let releaseLock = () => {};
  let stepWhenReady: string | undefined; // run that was started by asking for one step

  const training = (): Run | undefined => {
    const run = find(get().trainingId);
    return run && isGoing(run) ? run : undefined;
  };
  const stopRequested = (id: string, requested: boolean) =>
    change(id, (run) => (run.live ? { ...run, live: { ...run.live, stopRequested: requested } } : run));

  /** Sends a request about the run in training; a refusal is told. */
  const steer = async (name: "pause" | "resume" | "step" | "stop") => {
    const run = training();
    if (!run) return;
    try {
      await link.trainer().request(name, { runId: run.id });
    } catch (error) {
      if (name === "stop") stopRequested(run.id, false);
      set({ notice: `Could not ${name}: ${messageOf(error)}` });
    }
  };

  const ended = (id: string) => {
    releaseLock();
    releaseLock = () => {};
    stepWhenReady = undefined;
    set({ trainingId: undefined });
    keeper.saveNow(id);
  };
  const fail = (id: string, error: WireError) => {
    const run = find(id);
    if (!run || !isGoing(run)) return;
    change(id, (current) => reduceRun(current, { type: "failed", runId: id, error }, nowMs()));
    ended(id);
  };

  link.onTrainerEvent((event) => {
    if (event.type === "benchmark") return; // about the device
    const { runId } = event;
    if (!find(runId)) return; // of a run that was deleted meanwhile
    change(runId, (run) => reduceRun(run, event, nowMs()));
    if (event.type === "finished" || event.type === "failed") {
      if (runId === get().trainingId) ended(runId);
      else keeper.saveNow(runId);
      return;
    }
    if (event.type === "points" || event.type === "matrix" || event.type === "device") keeper.saveSoon(runId);
    if (event.type === "state" && event.state === "paused" && stepWhenReady === runId) {
      stepWhenReady = undefined;
      void steer("step");
    }
  });
  link.onWorkersLost((error) => {
    const { trainingId } = get();
    if (trainingId !== undefined) fail(trainingId, error);
    set({ weightsId: undefined });
  });

  return {
    async start(spec, { presetName, begin = "running" }) {
      const contradiction = contradictionOf(spec);
      if (contradiction !== undefined) return set({ notice: contradiction });
      const before = training();
      if (before) {
        change(before.id, (run) => ({ ...run, status: "stopped" }));
        ended(before.id);
      }
      const id = deps.newId();
      const { runs } = get();
      add(
        newRun({
          id,
          spec,
          presetName,
          createdAt: nowMs(),
          name: freeName(findPreset(presetName)?.label ?? presetName, runs),
          colour: freeColour(runs),
        }),
      );
      set({ trainingId: id, weightsId: id, selectedId: id, notice: undefined });
      releaseLock = deps.holdLock(id);
      keeper.saveNow(id);
      if (begin === "oneStep") stepWhenReady = id;
      try {
        await link.trainer().request("start", { runId: id, spec, paused: begin === "oneStep" });
      } catch (error) {
        fail(id, refusalOf(error));
      }
    },
    pause: () => steer("pause"),
    resume: () => steer("resume"),
    step: () => steer("step"),
    async stop() {
      const run = training();
      if (run) stopRequested(run.id, true);
      await steer("stop");
    },
  };
}
