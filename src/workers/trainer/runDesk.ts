// The one run that the device holds: starting it in place of the last, following it to its end, keeping its weights.
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { runExperiment, type RunResources } from "../../training/run/runExperiment.ts";
import type { PageAddresses } from "../pagePlaces.ts";
import type { AboutRun } from "../protocol.ts";
import { toWireError } from "../rpc.ts";
import type { CorpusFeed } from "./corpusFeed.ts";
import type { TrainerHostDeps } from "./hostDeps.ts";
import { createRelay } from "./relay.ts";
import { createLever, type Lever } from "./runControl.ts";

/** A run from its start until the next one's: its weights stay after its end. */
export interface HeldRun {
  readonly runId: string;
  readonly backend: BackendChoice;
  readonly lever: Lever;
  over: boolean;
  step: number; // batches trained
  resources?: RunResources; // once the model exists
  record?: RunRecord; // once it has ended
  ended: Promise<void>;
  flush: () => void; // sends what the relay holds back
}

export interface RunStart {
  readonly runId: string;
  readonly spec: ExperimentSpec;
  readonly paused: boolean;
}

export interface RunDesk {
  /** Ends the run that is going on, drops its weights, and lets this one begin; its events tell the rest. */
  start(run: RunStart, corpora: CorpusFeed, page: PageAddresses): void;
  /** The current or last run. */
  latest(): HeldRun | undefined;
  /** @throws Error with one sentence if another run has taken its place */
  held(runId: string): HeldRun;
}

export function createRunDesk(deps: TrainerHostDeps, emit: (event: AboutRun) => void): RunDesk {
  let run: HeldRun | undefined;

  async function follow(
    own: HeldRun,
    spec: ExperimentSpec,
    corpora: CorpusFeed,
    page: PageAddresses,
  ): Promise<void> {
    const { runId, lever } = own;
    const ports = {
      openEncoder: (id: string) => deps.openEncoder(page, id),
      startDevice: (choice: BackendChoice) => deps.startDevice(choice),
      loadCorpus: corpora.load,
      nowMs: () => deps.nowMs(),
      versions: deps.versions,
    };
    const relay = createRelay(runId, deps.nowMs, () => lever.paused, emit);
    own.flush = relay.flush;
    try {
      const events = runExperiment(spec, ports, lever, (resources) => {
        own.resources = resources;
        emit({ type: "state", runId, state: lever.paused ? "paused" : "running" });
      });
      for await (const event of events) {
        if (event.type === "batch") own.step = event.batch.step + 1;
        if (event.type === "finished") own.record = event.record;
        await relay.pass(event, own.resources?.prepared.train);
      }
    } catch (error) {
      emit({ type: "failed", runId, error: toWireError(error) });
    } finally {
      own.over = true;
    }
  }

  return {
    start({ runId, spec, paused }, corpora, page) {
      const previous = run;
      const own: HeldRun = {
        runId,
        backend: spec.compute.backend,
        lever: createLever(paused, () => deps.breathe()),
        over: false,
        step: 0,
        ended: Promise.resolve(),
        flush: () => undefined,
      };
      run = own;
      own.ended = (async () => {
        if (previous) {
          previous.lever.stop();
          await previous.ended;
          previous.resources?.model.dispose();
          corpora.releaseAll();
        }
        emit({ type: "state", runId, state: "preparing" });
        await follow(own, spec, corpora, page);
      })();
    },
    latest: () => run,
    held(runId) {
      if (run?.runId !== runId) throw new Error("this run is no longer in the trainer; start it again");
      return run;
    },
  };
}
