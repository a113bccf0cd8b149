// Trainers at the queues of studies: as many side by side as there is room for, each with the next run. Runs of the list go
// first. Decides no order: studyQueue.ts does.
import { counted } from "../../core/counted.ts";
import { duration } from "../../core/run/duration.ts";
import { fedRun, lackingWords, sourceKeys } from "../../core/study/cellSources.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { messageOf } from "../../core/messageOf.ts";
import { hasBaselines, runKey } from "../../core/study/study.ts";
import {
  beginRun,
  endRun,
  failRun,
  leaveRun,
  MOST_BEGINNINGS,
  nextRun,
} from "../../core/study/studyQueue.ts";
import { isAtWork, isDone, runOfKey, secondsLeft, type HeldStudy } from "./heldStudy.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";
import { studyRunId } from "../run/studyRunId.ts";
import type { Lane, Trained } from "./lane.ts";
import { refusalOf, SILENT, WORKER_CRASH } from "../../workers/labClient.ts";
import { parseStoredResult, toStoredResult, toStoredStart } from "./storedStudy.ts";
import type { StudiesContext } from "./studiesState.ts";

export interface StudyWork {
  /** Gives every free trainer its next run, if the device is to be had. */
  fill(): void;
  /** Ends the trainers of a study, or of one of its runs, after a snapshot where they keep any. */
  leave(id: string, key?: string): Promise<void>;
}

/** As many failures of one kind, one after the other, are no matter of a cell. */
const SAME_FAILURES = 3;
/** Of the runs that the time left is told by. */
const RECENT = 6;

interface Slot {
  readonly lane: Lane;
  work?: { readonly id: string; readonly key: string } | undefined;
}

export function createStudyWork(context: StudiesContext): StudyWork {
  const { deps, getState, setState, find, change, changeKept } = context;
  let slots: Slot[] = [];
  let holdsDevice = false;
  const backends = new Map<BackendChoice, string>(); // what was had where a choice was asked for
  const locks = new Map<string, (() => void) | "asked">();
  const failures: { message: string; times: number } = { message: "", times: 0 };

  const busy = () => slots.filter(({ work }) => work !== undefined);
  const goingKeys = ({ going }: HeldStudy) => new Set(Object.keys(going));
  const nextOf = (held: HeldStudy) =>
    nextRun(held.queue, goingKeys(held), (key) => sourceKeys(held.study, key));
  const hasNext = (held: HeldStudy) => !held.isPaused && !held.elsewhere && nextOf(held) !== undefined;

  /** Whether the lock of the study is held; asks for it where it is not. */
  const isLocked = ({ id }: HeldStudy): boolean => {
    const lock = locks.get(id);
    if (lock !== undefined) return lock !== "asked";
    locks.set(id, "asked");
    void deps.takeLock(id).then((release) => {
      if (release) locks.set(id, release);
      else {
        locks.delete(id);
        change(id, (held) => ({ ...held, elsewhere: true }));
        void deps.whenFree(id).then(async () => {
          await context.reread(id);
          fill();
        });
      }
      fill();
    });
    return false;
  };
  const unlock = (id: string) => {
    const lock = locks.get(id);
    if (typeof lock !== "function") return;
    lock();
    locks.delete(id);
  };

  const occupy = (held: HeldStudy, beside: number) =>
    (holdsDevice = deps.turn.occupy({ name: held.study.title, words: progressWords(held, beside) }));
  const tellProgress = () => {
    const work = busy();
    const held = find(work[0]?.work?.id);
    if (getState().beside !== work.length) setState({ beside: work.length });
    if (held) occupy(held, work.length);
  };

  const end = async (slot: Slot, outcome: Awaited<ReturnType<Lane["train"]>>) => {
    const { id, key } = slot.work!;
    if ("error" in outcome) {
      slots = slots.filter((one) => one !== slot); // whatever it was, a fresh one is free of it
      void slot.lane.leave();
      const { name, message } = outcome.error;
      // That of its workers says nothing of the run: it keeps its place, as after a page that died. Silent are those of a busy machine.
      if ((name === WORKER_CRASH || name === SILENT) && (find(id)?.queue.begun[key] ?? 0) < MOST_BEGINNINGS) {
        changeKept(id, (held) => withoutGoing(held, key));
        return fill();
      }
      changeKept(id, (held) => withoutGoing({ ...held, queue: failRun(held.queue, key, message) }, key));
      failures.times = failures.message === message ? failures.times + 1 : 1;
      failures.message = message;
      if (failures.times >= SAME_FAILURES) {
        changeKept(id, (held) => ({ ...held, isPaused: true }));
        setState({
          notice: `“${find(id)?.study.title}” was paused: ${failures.times} runs failed alike. ${message}`,
        });
      }
    } else {
      failures.times = 0;
      await keep(id, key, outcome);
      slot.work = undefined;
    }
    fill();
  };

  const keep = async (id: string, key: string, trained: Trained) => {
    const { record, queryValues, start } = trained;
    try {
      const stored = start && { key: start.key, value: toStoredStart(start.values) };
      await context.storage()?.saveResult(id, key, toStoredResult(key, trained), stored);
    } catch (error) {
      setState({ notice: `A run of “${find(id)?.study.title}” could not be saved: ${messageOf(error)}` });
    }
    changeKept(id, (held) => {
      const run = runOfKey(held.study, key)!;
      const sinceMs = held.going[key]?.sinceMs; // undefined where it was left while its result was stored
      return {
        ...withoutGoing(held, key),
        queue: endRun(held.queue, key),
        done: new Set([...held.done, key]),
        ...(sinceMs !== undefined && {
          seconds: [...held.seconds, (deps.nowMs() - sinceMs) / 1000].slice(-RECENT),
        }),
        ...(held.results && { results: [...held.results, collectRun(run, record, queryValues)] }),
      };
    });
  };

  const begin = (held: HeldStudy, key: string) => {
    const { id, study } = held;
    const run = runOfKey(study, key)!;
    const { spec } = run;
    const slot: Slot = slots.find(({ work }) => work === undefined) ?? {
      lane: deps.openLane(deps.besideFor(study) > 1 ? 1 : undefined),
    };
    if (!slots.includes(slot)) slots.push(slot);
    slot.work = { id, key };
    const going = { step: 0, sinceMs: deps.nowMs() };
    changeKept(id, (now) => ({
      ...now,
      queue: beginRun(now.queue, key),
      going: { ...now.going, [key]: going },
    }));
    const events = {
      onStep(step: number) {
        change(id, (now) =>
          now.going[key] ? { ...now, going: { ...now.going, [key]: { ...going, step } } } : now,
        );
        tellProgress();
      },
      onDevice({ backend }: { readonly backend: string }) {
        backends.set(spec.compute.backend, backend);
        fill(); // there may be room for more
      },
    };
    const train = async () => {
      const whole = await fedRun(run, async (source) => {
        const stored = await context.storage()?.result(id, runKey(source));
        return stored === undefined ? undefined : parseStoredResult(source, stored).record;
      });
      const isLeft = !slots.includes(slot); // meanwhile
      const asked = { runId: studyRunId(id, key), spec: whole.spec, baselines: hasBaselines(study, run) };
      return isLeft ? undefined : slot.lane.train(asked, events);
    };
    void train()
      .catch((error: unknown) => ({ error: refusalOf(error) }))
      .then((outcome) => outcome && end(slot, outcome));
  };

  /** A GPU is one device for all: a second trainer would only wait for it. Until one has told what it has, it is alone. */
  const hasRoom = ({ study }: HeldStudy): boolean => {
    const { backend: asked } = study.spec.compute;
    const had = backends.get(asked) ?? (asked === "auto" ? "webgpu" : asked);
    return busy().length < (had === "webgpu" ? 1 : deps.besideFor(study));
  };

  const fill = () => {
    for (;;) {
      const held = getState().studies.find(hasNext);
      if (!held || !hasRoom(held) || deps.turn.isWanted() || !isLocked(held)) break;
      const key = nextOf(held)!;
      const why = whyNot(held, key);
      if (why !== undefined) {
        changeKept(held.id, (now) => ({ ...now, queue: failRun(now.queue, key, why) }));
        continue;
      }
      if (!occupy(held, busy().length + 1)) break;
      begin(held, key);
    }
    for (const held of getState().studies)
      if ((held.isPaused || isDone(held)) && !isAtWork(held)) unlock(held.id);
    tellProgress();
    if (busy().length > 0 || !holdsDevice) return;
    for (const { lane } of slots.splice(0)) void lane.leave(); // with their memory
    holdsDevice = false;
    deps.turn.vacate();
  };

  return {
    fill,
    async leave(id, key) {
      const gone = busy().filter(({ work }) => work!.id === id && (key === undefined || work!.key === key));
      slots = slots.filter((slot) => !gone.includes(slot));
      await Promise.all(
        gone.map(async ({ lane, work }) => {
          await lane.leave();
          changeKept(id, (held) =>
            withoutGoing({ ...held, queue: leaveRun(held.queue, work!.key) }, work!.key),
          );
        }),
      );
      fill();
    },
  };
}

/** Why a run is not to be begun; undefined where it is. */
function whyNot({ study, queue, done }: HeldStudy, key: string): string | undefined {
  const lacking = sourceKeys(study, key).find((source) => !done.has(source));
  if (lacking !== undefined) return lackingWords(lacking);
  if ((queue.begun[key] ?? 0) < MOST_BEGINNINGS) return undefined;
  return `the page was closed ${MOST_BEGINNINGS} times while it trained`;
}

function withoutGoing(held: HeldStudy, key: string): HeldStudy {
  const { [key]: _, ...going } = held.going;
  return { ...held, going };
}

/** "run 5 of 30, 4 min left" */
export function progressWords(held: HeldStudy, beside: number): string {
  const { done, queue } = held;
  const left = secondsLeft(held, beside);
  const all = done.size + queue.pending.length;
  return [
    `${done.size} of ${counted(all, "run")} done`,
    beside > 1 ? `${beside} side by side` : "",
    left === undefined ? "" : `about ${duration(left)} left`,
  ]
    .filter(Boolean)
    .join(", ");
}
