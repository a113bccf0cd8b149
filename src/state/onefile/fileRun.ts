// The runs of a file that trains: begun, followed and ended by its workers. Nothing of it is kept when the file is closed.
import { createStore, type StoreApi } from "zustand/vanilla";
import { mixText } from "../../core/naming/mixText.ts";
import type { Course } from "../../core/spec/course.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { refusalOf, type LabClient } from "../../workers/labClient.ts";
import type { AboutRun, WireError } from "../../workers/protocol.ts";
import { reduceRun } from "../run/reduceRun.ts";
import { isGoing, newRun, type Run } from "../run/run.ts";

export interface FileRunState {
  readonly run?: Run;
}

export interface FileRun extends StoreApi<FileRunState> {
  /** Trains it from the first step, in place of the run before. */
  start(course: Course): void;
  /** Ends the run with a full evaluation; asked again, at once and without one. */
  stop(): void;
}

const ENDED: WireError = { kind: "input", name: "RunEnded", message: "It was ended at your wish" };

/** @param startClient starts the workers: at the first run, and at the next after a crash */
export function createFileRun(startClient: () => LabClient, nowMs: () => number): FileRun {
  const store = createStore<FileRunState>()(() => ({}));
  let client: LabClient | undefined;
  let runs = 0;
  const take = (event: AboutRun) =>
    store.setState(({ run }) => (run?.id === event.runId ? { run: reduceRun(run, event, nowMs()) } : {}));
  const fail = (error: WireError) => {
    const { run } = store.getState();
    if (run && isGoing(run)) take({ type: "failed", runId: run.id, error });
  };
  const started = (): LabClient => {
    const own = startClient();
    own.onCrash((error) => {
      client = undefined;
      own.dispose();
      fail(error);
    });
    own.onTrainerReplaced(fail);
    own.trainer.onEvent((event) => {
      if ("runId" in event) take(event);
    });
    return own;
  };
  return Object.assign(store, {
    start(course: Course) {
      client ??= started();
      const id = String(++runs);
      const { spec, parent, stopAt, trajectory } = course;
      const init = { id, name: mixText(spec), presetName: DEFAULT_PRESET.name, colour: 0, spec };
      const run = newRun({
        ...init,
        createdAt: nowMs(),
        ...(parent && { parent }),
        ...(stopAt !== undefined && { stopAt }),
        ...(trajectory && { trajectory }),
      });
      store.setState({ run });
      client.trainer
        .request("start", { ...course, runId: id, paused: false })
        .catch((error: unknown) => take({ type: "failed", runId: id, error: refusalOf(error) }));
    },
    stop() {
      const { run } = store.getState();
      if (!run || !isGoing(run)) return;
      if (run.live?.stopRequested) return client?.replaceTrainer(ENDED);
      store.setState({ run: { ...run, live: { phases: {}, ...run.live, stopRequested: true } } });
      client?.trainer.request("stop", { runId: run.id }).catch((error: unknown) => fail(refusalOf(error)));
    },
  });
}
