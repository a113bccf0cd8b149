// The run that the worker trains: started, steered, followed to its end. Never reads the form.
import { wholeText } from "../../core/numbersIn.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { contradictionOf, sameCourse } from "../../core/spec/course.ts";
import { formWords } from "../../core/spec/formWords.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { DEVICE_LOST } from "../../core/machineError.ts";
import { refusalOf, SILENT } from "../../workers/labClient.ts";
import type { AboutRun, RunRequest, WireError } from "../../workers/protocol.ts";
import { reduceRun } from "../run/reduceRun.ts";
import { courseOfRun, detailOf, goingOn, hasEnded, isGoing, newRun, type Run } from "../run/run.ts";
import { withDigest } from "../run/branching.ts";
import { answered } from "../run/storageAnswer.ts";
import { freeColour } from "./naming.ts";
import type { RunsContext, Steering, Waiting } from "./runsState.ts";
import { createWaiting } from "./waiting.ts";

/** How long storage may take for a run's end. */
const END_MS = 2000;

/** Whether it was the machine's moment, and not the run, so that the same may well work again. */
const mayGoOn = ({ name }: WireError) => name === SILENT || name === DEVICE_LOST;

export function createSteering(context: RunsContext): Steering & Waiting {
  const { store, deps, keeper, snapshots, find, change, add, drop } = context;
  const { link, nowMs } = deps;
  const { getState: get, setState: set } = store;
  const { add: wait, next, ...line } = createWaiting(context);
  let releaseLock = () => {};
  let continuing: string | undefined; // run whose lock is being asked for
  let stepWhenReady: string | undefined; // run that was started by asking for one step
  let shownBefore: string | undefined; // the run that the present one took the stage from

  const training = (): Run | undefined => {
    const run = find(get().trainingId);
    return run && isGoing(run) ? run : undefined;
  };
  const mustWait = (spec: ExperimentSpec) =>
    training() !== undefined || get().otherWork !== undefined || deps.data.isAwaited(spec);
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

  /** Lets the worker have it in place of what it trains now. */
  const launch = async (
    id: string,
    release: () => void,
    request: Omit<RunRequest, "runId" | "cadence" | "pace">,
  ) => {
    const { selectedId } = get();
    if (selectedId !== id) shownBefore = selectedId;
    set({ trainingId: id, weightsId: id, latestId: id, selectedId: id, notice: undefined });
    releaseLock = release;
    void keeper.saveNow(id);
    if (request.paused) stepWhenReady = id;
    try {
      const pace = deps.pace?.();
      const told = { cadence: deps.cadence(), ...(pace !== undefined && { pace }) };
      await link.trainer().request("start", { runId: id, ...told, ...request });
    } catch (error) {
      fail(id, refusalOf(error));
    }
  };
  /** Ends the run now, whatever the worker does: it need not answer for that. */
  const abandon = ({ id, name, snapshotStep }: Run) => {
    const status = snapshotStep === undefined ? "stopped" : "interrupted"; // then it can go on
    change(id, (run) => ({
      ...run,
      status,
      ...(run.live && { live: { ...run.live, stopRequested: false } }),
    }));
    void close(id).then(next);
    link.replaceTrainer({ kind: "input", name: "RunEnded", message: `“${name}” was ended at your wish` });
  };
  let wentOnFrom: string | undefined; // run and step, so that no run goes on by itself twice from one place
  /** Lets the run go on from its snapshot in the worker that has taken the place of the lost one, if it may. */
  const goOnAfter = (error: WireError, { id, name, spec, snapshotStep }: Run): boolean => {
    const from = `${id} ${snapshotStep}`;
    if (!mayGoOn(error) || snapshotStep === undefined || from === wentOnFrom) return false;
    wentOnFrom = from;
    change(id, goingOn);
    void launch(id, releaseLock, { spec, paused: false, goOn: true });
    const why = error.message.replace(/; start the run again.*$/, "");
    set({ notice: `${why}: “${name}” goes on from its snapshot of step ${wholeText(snapshotStep)}.` });
    return true;
  };
  const endPresent = () => {
    const run = training();
    if (!run) return;
    change(run.id, (present) => ({ ...present, status: "stopped" }));
    void close(run.id);
  };
  const close = (id: string) => {
    releaseLock();
    releaseLock = () => {};
    stepWhenReady = undefined;
    set({ trainingId: undefined });
    return keeper.saveNow(id);
  };
  const fail = (id: string, error: WireError) => {
    const run = find(id);
    if (!run || !isGoing(run)) return;
    change(id, (current) => reduceRun(current, { type: "failed", runId: id, error }, nowMs()));
    dropUnbegun(id);
    void close(id).then(next);
  };
  /** Of a run that failed before its first step only the reason is left. */
  const dropUnbegun = (id: string) => {
    const run = find(id);
    if (run?.status !== "failed" || run.step > (run.parent?.step ?? 0) || run.snapshotStep !== undefined)
      return;
    const { latestId, weightsId } = get();
    const unless = (other: string | undefined) => (other === id ? undefined : other);
    const failedStart = { name: run.name, message: run.error?.message ?? "no reason was given" };
    drop([id], { latestId: unless(latestId), weightsId: unless(weightsId), failedStart }, shownBefore);
    keeper.remove([id]);
  };

  /** A run that has its end in storage needs no snapshot any more; one that failed may have one to go on from. */
  const finish = async ({ runId, type }: AboutRun, hadSnapshot: boolean) => {
    if (type === "failed") dropUnbegun(runId);
    const wasTraining = runId === get().trainingId;
    const isKept = await (wasTraining ? close(runId) : keeper.saveNow(runId));
    if (wasTraining) next();
    if (type === "failed") await snapshots.refresh();
    else if (isKept && hadSnapshot) snapshots.forget([runId]);
  };

  let ending: string | undefined; // the run whose record is being written
  /** Resolves when the end is in storage: a run is called finished then, and whoever reads that may close the page. */
  const keepEnd = async (run: Run, record: RunRecord) => {
    const { id, device, notices } = run;
    const { queryValues } = detailOf(run);
    const told = { notices, ...(device && { device }) };
    ending = id;
    const append = () => keeper.append(id, { points: [], record, queryValues, told });
    await answered(append, END_MS).catch(() => undefined); // the whole save, which follows, says why
    if (ending === id) ending = undefined;
  };
  const take = (event: AboutRun) => {
    const { type, runId } = event;
    const before = find(runId);
    if (!before) return; // of a run that was deleted meanwhile
    change(runId, (run) => reduceRun(run, event, nowMs()));
    if (type === "finished" || type === "failed") void finish(event, before.snapshotStep !== undefined);
    // What is shown of a run that was cut off goes with what it goes on from.
    if (type === "snapshot") void keeper.saveNow(runId);
    if (type === "points") void keeper.append(runId, { points: event.points });
    if (type === "matrix")
      void keeper.append(runId, { points: [], matrix: { step: event.step, matrix: event.matrix } });
    if (type === "device" || type === "trunk") keeper.saveSoon(runId);
    if (type === "startValues") void keeper.saveNow(runId); // no record holds them
    if (type === "restored") void keeper.saveNow(runId); // in place of what was told before
    if (type === "state" && event.state === "paused" && stepWhenReady === runId) {
      stepWhenReady = undefined;
      void steer("step");
    }
  };

  link.onTrainerEvent((event) => {
    if (event.type === "benchmark") return; // about the device
    if (event.type === "failed" && event.runId === get().trainingId && mayGoOn(event.error)) return; // onWorkersLost follows
    if (event.type !== "finished") return take(event);
    const run = find(event.runId);
    if (run) void keepEnd(run, event.record).then(() => take(event));
  });
  link.onWorkersLost((error) => {
    const run = training();
    if (run && run.id !== ending) {
      if (goOnAfter(error, run)) return;
      fail(run.id, error);
    }
    set({ weightsId: undefined });
  });

  const startRun: Steering["start"] = async (spec, how) => {
    const {
      presetName,
      begin = "running",
      parent: given,
      parentId,
      stopAt,
      trajectory,
      promised,
      instead = false,
    } = how;
    const origin = parentId === undefined ? undefined : await get().loadDetail(parentId);
    const parent = given && (origin ? withDigest(given, origin) : given);
    const contradiction = contradictionOf({ spec, parent, trajectory });
    if (contradiction !== undefined) return set({ notice: formWords(contradiction) });
    const course = {
      spec,
      ...(parent && { parent }),
      ...(origin && { parentId: origin.id }),
      ...(stopAt !== undefined && { stopAt }),
      ...(trajectory && { trajectory }),
    };
    const again = () => startRun(spec, how);
    if (deps.data.isAwaited(spec)) {
      const isThere = get().waiting.some((one) => sameCourse(one.course, course));
      return isThere ? undefined : wait(course, again); // pressed twice, it is one
    }
    if (get().otherWork || (training() && !instead)) return wait(course, again);
    endPresent();
    const id = deps.newId();
    add(
      newRun({
        ...course,
        id,
        presetName,
        createdAt: nowMs(),
        name: "", // until it stands among the others
        colour: freeColour(get().runs),
      }),
    );
    await launch(id, deps.holdLock(id), { ...course, promised, paused: begin === "oneStep" });
  };

  return {
    ...line,
    start(spec, how) {
      set({ failedStart: undefined });
      return startRun(spec, how);
    },
    async goOn(id) {
      const run = find(id);
      if (!run || isGoing(run) || continuing !== undefined) return;
      if (mustWait(run.spec)) return wait(courseOfRun(run), () => get().goOn(id), run.name);
      continuing = id;
      const release = await deps.takeLock(id);
      continuing = undefined;
      if (!release) return set({ notice: `“${run.name}” is going on in another tab of this browser.` });
      // It may have ended there meanwhile, or gone on further.
      const stored = await keeper.reread(id).catch(() => undefined);
      if (stored) change(id, ({ snapshotStep }) => ({ ...stored, snapshotStep }));
      if (stored && hasEnded(stored)) {
        release();
        void get().loadDetail(id);
        return set({ notice: `“${run.name}” has come to its end in another tab.` });
      }
      await get().loadDetail(id);
      if (mustWait(run.spec)) {
        release(); // another began meanwhile
        return get().goOn(id);
      }
      change(id, goingOn);
      await launch(id, release, { spec: run.spec, paused: false, goOn: true }); // the snapshot says the rest
    },
    driveMix(ratio) {
      const run = training();
      if (run)
        void link
          .trainer()
          .request("driveMix", { runId: run.id, ratio })
          .catch(() => undefined); // it has ended
    },
    pause: () => steer("pause"),
    resume: () => steer("resume"),
    step: () => steer("step"),
    async stop() {
      const run = training();
      if (!run) return;
      const hasBegun = run.status !== "preparing" && detailOf(run).matrix !== undefined; // it may be paused before
      if (!hasBegun || run.live?.stopRequested) return abandon(run);
      stopRequested(run.id, true);
      await steer("stop");
    },
  };
}
