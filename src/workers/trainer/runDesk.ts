// The one run that the device holds: starting it in place of the last, following it to its end, keeping its weights.
import { messageOf } from "../../core/messageOf.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { DataError, SpecError } from "../../core/inputError.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";
import { createKeptEncoder } from "../../training/pretrained/keptEncoder.ts";
import { runExperiment, type RunResources } from "../../training/run/runExperiment.ts";
import { isBranchPoint } from "../../training/snapshot/checkSnapshot.ts";
import { lastSnapshot, snapshotAt } from "../../training/snapshot/lastSnapshot.ts";
import type { Snapshot } from "../../training/snapshot/snapshotFile.ts";
import type { SnapshotStore } from "../../training/snapshot/snapshotStore.ts";
import type { PageAddresses } from "../pagePlaces.ts";
import type { AboutRun, RunRequest } from "../protocol.ts";
import { toWireError } from "../rpc.ts";
import type { CorpusFeed } from "./corpusFeed.ts";
import type { TrainerHostDeps } from "./hostDeps.ts";
import { createRelay } from "./relay.ts";
import { createLever, type Lever } from "./runControl.ts";

/** A run from its start until the next one's: its weights stay after its end. */
export interface HeldRun {
  readonly runId: string;
  backend: BackendChoice; // the one asked for, then the one that was had
  readonly lever: Lever;
  over: boolean;
  step: number; // batches trained
  resources?: RunResources; // once the model exists
  record?: RunRecord; // once it has ended
  ended: Promise<void>;
  flush: () => void; // sends what the relay holds back
}

export interface RunDesk {
  /** Ends the run that is going on, drops its weights, and lets this one begin; its events tell the rest. */
  start(run: RunRequest, corpora: CorpusFeed, page: PageAddresses): void;
  /** The current or last run. */
  latest(): HeldRun | undefined;
  /** @throws Error with one sentence if another run has taken its place */
  held(runId: string): HeldRun;
}

export function createRunDesk(deps: TrainerHostDeps, emit: (event: AboutRun) => void): RunDesk {
  let run: HeldRun | undefined;
  const encoders = createKeptEncoder();

  /** Of the step at which the run branches off; undefined where there is none. */
  async function snapshotOfParent({
    runId,
    parent,
    parentId,
    goOn,
  }: RunRequest): Promise<Snapshot | undefined> {
    if (!parent || parentId === undefined || goOn) return undefined;
    const notice = (message: string) => emit({ type: "notice", runId, message });
    try {
      const store = (await deps.snapshots)?.of(parentId);
      const found = store && (await snapshotAt(store, parent.step, "The snapshot in this browser", notice));
      return found && isBranchPoint(found, parent) ? found : undefined;
    } catch (error) {
      notice(`${messageOf(error)}; the steps up to there are trained again`);
      return undefined;
    }
  }

  async function follow(
    own: HeldRun,
    { runId, spec, parent, stopAt, trajectory, cadence, goOn, promised, pace }: RunRequest,
    branchPoint: Snapshot | undefined,
    corpora: CorpusFeed,
    page: PageAddresses,
  ): Promise<void> {
    const { lever } = own;
    const relay = createRelay(runId, deps.nowMs, () => lever.paused, emit, pace);
    own.flush = relay.flush;
    try {
      const snapshots = (await deps.snapshots)?.of(runId);
      const from = goOn
        ? await lastOf(snapshots, (message) => emit({ type: "notice", runId, message }))
        : branchPoint;
      const openEncoder = (id: string) =>
        deps.openEncoder(page, id, (message) =>
          emit({ type: "notice", runId: run?.runId ?? runId, message }),
        );
      const openOwn = () => encoders.open(spec.encoder.id, () => openEncoder(spec.encoder.id));
      let early: ReturnType<typeof openOwn> | undefined = openOwn(); // while the device starts
      early.catch(() => undefined); // told where the run asks for it
      const openOnce = () => {
        const own = early ?? openOwn();
        early = undefined;
        return own;
      };
      const ports = {
        // A teacher is read once for all its runs: its weights are not kept beside the student's.
        openEncoder: (id: string) => (id === spec.encoder.id ? openOnce() : openEncoder(id)),
        startDevice: (choice: BackendChoice) => deps.startDevice(choice),
        loadCorpus: corpora.load,
        nowMs: () => deps.nowMs(),
        versions: deps.versions,
        ...(cadence && snapshots && { snapshots }),
        ...(deps.starts && { starts: deps.starts }),
        ...(deps.vectors && { vectors: deps.vectors }),
      };
      const keep = (resources: RunResources) => {
        own.resources = resources;
        emit({ type: "state", runId, state: lever.paused ? "paused" : "running" });
      };
      const options = {
        ...(from && { from }),
        ...(parent && { parent }),
        ...(stopAt !== undefined && { stopAt }),
        ...(trajectory && { trajectory }),
        ...(promised && { promised }),
        ...(cadence && { checkpointEvery: cadence }),
      };
      for await (const event of runExperiment(spec, ports, lever, keep, options)) {
        if (event.type === "device") own.backend = event.device.backend;
        if (event.type === "restored") own.step = event.step;
        if (event.type === "batch") own.step = event.batch.step + 1;
        if (event.type === "finished") own.record = event.record;
        await relay.pass(event, own.resources?.prepared.train);
      }
      if (!own.record)
        throw new SpecError(
          parent
            ? `Ended before its own first step, which comes after step ${parent.step}`
            : "Ended before its first step, while its teacher read; what was read is kept for the next run",
        );
    } catch (error) {
      emit({ type: "failed", runId, error: toWireError(error) });
    } finally {
      own.over = true;
      relay.end();
    }
  }

  return {
    start(request, corpora, page) {
      const previous = run;
      const own: HeldRun = {
        runId: request.runId,
        backend: request.spec.compute.backend,
        lever: createLever(request.paused, () => deps.breathe()),
        over: false,
        step: 0,
        ended: Promise.resolve(),
        flush: () => undefined,
      };
      run = own;
      own.ended = (async () => {
        // Before the parent, which may be the run that is going on, ends and lets go of its snapshots.
        const branchPoint = await snapshotOfParent(request);
        if (previous) {
          previous.lever.stop();
          await previous.ended;
          previous.resources?.model.dispose();
        }
        corpora.beginRun();
        emit({ type: "state", runId: own.runId, state: "preparing" });
        await follow(own, request, branchPoint, corpora, page);
      })();
    },
    latest: () => run,
    held(runId) {
      if (run?.runId !== runId) throw new Error("this run is no longer in the trainer; start it again");
      return run;
    },
  };
}

/** @throws DataError if none is left; SpecError if only one of another format is */
async function lastOf(
  store: SnapshotStore | undefined,
  notice: (sentence: string) => void,
): Promise<Snapshot> {
  const last = store && (await lastSnapshot(store, "The snapshot in this browser", notice));
  if (last) return last;
  throw new DataError("No snapshot of this run is left in this browser: train it again from its start");
}
