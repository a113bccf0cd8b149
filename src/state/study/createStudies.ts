// All studies of this browser: added, queued, kept, read again. The training is studyWork.ts's; nothing is drawn here.
import { createStore, type StoreApi } from "zustand/vanilla";
import { messageOf } from "../../core/messageOf.ts";
import { withMoreSeeds } from "../../core/study/moreSeeds.ts";
import { lackingWords } from "../../core/study/cellSources.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { runKey } from "../../core/study/study.ts";
import { dropRun, failRun, moveRun, newQueue, queueRun } from "../../core/study/studyQueue.ts";
import { isAtWork, isDone, runOfKey, runsByKey, studyKeys, type HeldStudy } from "./heldStudy.ts";
import type { StudiesContext, StudiesDeps, StudiesState } from "./studiesState.ts";
import { STUDY_PREFIX, studyRunId } from "../run/studyRunId.ts";
import { createStudyWork } from "./studyWork.ts";
import type { FoundStudy, StudyStorage } from "./studyStorage.ts";
import { parseStoredResult, parseStoredStartValues, parseStoredStudy, toStoredStudy } from "./storedStudy.ts";

export type StudiesStore = StoreApi<StudiesState>;

const inOrder = (a: HeldStudy, b: HeldStudy) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

export function createStudies(deps: StudiesDeps): StudiesStore {
  let storage: StudyStorage | undefined;
  let written = Promise.resolve(); // one after the other: an older queue never overtakes a newer one

  const store: StudiesStore = createStore<StudiesState>()((set, get) => ({
    studies: [],
    unreadable: [],
    storage: "unopened",
    beside: 0,

    async open() {
      if (get().storage !== "unopened") return;
      set({ storage: "opening" });
      const studies: HeldStudy[] = [];
      const unreadable: StudiesState["unreadable"][number][] = [];
      try {
        storage = await deps.openStorage();
        for (const found of await storage.list()) {
          try {
            studies.push(parsed(found));
          } catch (error) {
            unreadable.push({ id: found.id, reason: messageOf(error) });
          }
        }
      } catch (error) {
        set({ notice: `Studies are not saved: ${messageOf(error)}.` });
      }
      set({ studies: [...studies, ...get().studies].sort(inOrder), unreadable, storage: "open" });
      if (get().shownId === undefined) set({ shownId: get().studies.find((held) => !isDone(held))?.id });
      if (get().shownId !== undefined) void readResults(get().shownId!);
      work.fill();
      void sweep();
    },
    async add(study) {
      await get().open();
      const id = STUDY_PREFIX + deps.newId();
      const queue = newQueue(studyKeys(study));
      const held: HeldStudy = {
        id,
        createdAt: deps.nowMs(),
        study,
        isPaused: false,
        queue,
        done: new Set(),
        results: [],
        going: {},
        seconds: [],
      };
      set({ studies: [...get().studies, held], shownId: id });
      save(id);
      work.fill();
      return id;
    },
    show(id) {
      set({ shownId: id });
      if (id !== undefined) void readResults(id);
    },
    async pause(id) {
      context.changeKept(id, (held) => ({ ...held, isPaused: true }));
      await work.leave(id);
      await written;
    },
    goOn(id) {
      context.changeKept(id, (held) => ({ ...held, isPaused: false }));
      work.fill();
    },
    move(id, key, by) {
      context.changeKept(id, (held) => {
        const going = new Set(Object.keys(held.going));
        return { ...held, queue: moveRun(held.queue, key, by, going) };
      });
    },
    drop(id, key) {
      context.changeKept(id, (held) => ({ ...held, queue: dropRun(held.queue, key) }));
      void work.leave(id, key).then(sweep);
    },
    putBack(id, key) {
      context.changeKept(id, ({ queue, ...held }) => {
        const lacking = lackingWords(key);
        const made = Object.keys(queue.failed).filter((one) => queue.failed[one] === lacking); // from it
        return { ...held, queue: [key, ...made].reduce(queueRun, queue) };
      });
      work.fill();
    },
    addSeeds(id, count) {
      context.changeKept(id, (held) => {
        const { study } = held;
        const extended = withMoreSeeds(study, count);
        const known = new Set(studyKeys(study));
        const keys = studyKeys(extended).filter((key) => !known.has(key));
        const pending = [...held.queue.pending, ...keys];
        return { ...held, study: extended, queue: { ...held.queue, pending } };
      });
      work.fill();
    },
    async remove(id) {
      await get().pause(id);
      drop(id);
      await storage?.remove(id);
      deps.tabs.tell({ about: "studies", ids: [id] });
      void sweep();
    },
    removeUnreadable(id) {
      set({ unreadable: get().unreadable.filter((one) => one.id !== id) });
      void storage?.remove(id);
    },
    async takeIn(ids) {
      const quiet = ids.filter((id) => !isAtWork(context.find(id)));
      for (const id of quiet) await context.reread(id);
      deps.tabs.tell({ about: "studies", ids: quiet });
    },
    async recordOf(id, key) {
      const run = runOfKey(context.find(id)!.study, key)!;
      const { record, queryValues, startKey } = parseStoredResult(run, await storage?.result(id, key));
      const start = startKey === undefined ? undefined : await storage?.start(startKey);
      return {
        record,
        ...(queryValues && { queryValues }),
        ...(start !== undefined && { startValues: parseStoredStartValues(start) }),
      };
    },
    dismissNotice: () => set({ notice: undefined }),
  }));

  const { getState: get, setState: set } = store;
  const parsed = ({ id, value, done }: FoundStudy) => parseStoredStudy(id, value, done);
  const drop = (id: string) => {
    const { studies, shownId } = get();
    set({ studies: studies.filter((held) => held.id !== id), ...(shownId === id && { shownId: undefined }) });
  };
  const sweep = () => {
    const needed = new Set(
      get().studies.flatMap(({ id, queue }) => queue.pending.map((key) => studyRunId(id, key))),
    );
    return deps.sweepSnapshots((runId) => needed.has(runId)).catch(() => undefined); // with the next visit, then
  };
  const save = (id: string) => {
    written = written
      .then(async () => {
        const held = context.find(id);
        if (held) await storage?.save(id, toStoredStudy(held));
        deps.tabs.tell({ about: "studies", ids: [id] });
      })
      .catch((error: unknown) => set({ notice: `A study could not be saved: ${messageOf(error)}.` }));
  };
  /** Of a study that is shown, those that are not here yet; a record that cannot be read is told as a run that failed. */
  const readResults = async (id: string) => {
    const held = context.find(id);
    if (!storage || !held) return;
    const here = new Set(held.results?.map(runKey));
    context.change(id, (now) => ({ ...now, results: now.results ?? [] })); // runs that end meanwhile are added
    const read: CellRun[] = [];
    for (const [key, run] of runsByKey(held.study)) {
      if (!held.done.has(key) || here.has(key)) continue;
      try {
        const { record, queryValues } = parseStoredResult(run, await storage.result(id, key));
        read.push(collectRun(run, record, queryValues));
      } catch (error) {
        context.changeKept(id, (now) => ({
          ...now,
          queue: failRun(now.queue, key, messageOf(error)),
          done: new Set([...now.done].filter((one) => one !== key)),
        }));
      }
    }
    context.change(id, ({ results = [], ...now }) => {
      const known = new Set(results.map(runKey));
      return { ...now, results: [...results, ...read.filter((run) => !known.has(runKey(run)))] };
    });
  };

  const find: StudiesContext["find"] = (id) => get().studies.find((held) => held.id === id);
  const change: StudiesContext["change"] = (id, update) =>
    set({ studies: get().studies.map((held) => (held.id === id ? update(held) : held)) });
  const context: StudiesContext = {
    deps,
    find,
    change,
    getState: get,
    setState: set,
    storage: () => storage,
    changeKept(id, update) {
      change(id, update);
      save(id);
    },
    async reread(id) {
      const found = await storage?.read(id);
      const here = find(id);
      if (!found) return here && drop(id);
      const fresh = parsed(found);
      const others = get().studies.filter((held) => held.id !== id);
      set({ studies: [...others, { ...fresh, results: here?.results }].sort(inOrder) });
      if (get().shownId === id) await readResults(id);
    },
  };
  const work = createStudyWork(context);
  deps.turn.onFree(work.fill);
  let told = Promise.resolve();
  deps.tabs.onTold(({ about, ids }) => {
    if (about !== "studies") return;
    told = told
      .then(async () => {
        for (const id of ids) {
          const here = context.find(id);
          if (isAtWork(here)) continue; // it is this tab's
          await context.reread(id);
          if (here?.elsewhere) context.change(id, (held) => ({ ...held, elsewhere: true }));
        }
      })
      .catch(() => undefined); // told again with its next change
  });
  return store;
}
