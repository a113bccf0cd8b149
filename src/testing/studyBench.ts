// The store of studies with trainers that a test holds by hand; it gives an IndexedDB.
import { ofKinds } from "../core/spec/batchKind.ts";
import type { LaneEvents, LaneRun, Trained } from "../state/study/lane.ts";
import { createStudies } from "../state/study/createStudies.ts";
import type { StudiesDeps } from "../state/study/studiesState.ts";
import { openStudyStorage } from "../state/study/studyStorage.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { STUDY_SCHEMA, type Study } from "../core/study/study.ts";
import type { WireError } from "../workers/protocol.ts";
import { fittingRecord } from "./fittingRecord.ts";
import { NO_TABS } from "./runBench.ts";
import { testRecord, testValues } from "./testRecord.ts";

const spec: ExperimentSpec = {
  ...testRecord.spec,
  seed: 0,
  languages: { ...DEFAULT_SPEC.languages, train: { en: 1, de: 1 }, heldOut: [], eval: ["de", "en"] },
  compute: { backend: "wasm" },
};
const ratio = (mono: number) => ofKinds({ mono, cross: 1 - mono });

/** Two cells with two seeds. */
export const STUDY: Study = {
  schema: STUDY_SCHEMA,
  title: "Two mixes",
  question: "Is a mix better than cross alone?",
  spec,
  cells: [
    { name: "cross", label: "cross", changes: { "batch.ratio": ratio(0) } },
    { name: "mix", label: "half mono", changes: { "batch.ratio": ratio(0.5) } },
  ],
  seeds: [0, 1],
  order: "balanced",
  budget: "steps",
  primary: "map/multi",
  smallestEffect: 0.005,
  controls: ["cross"],
};

/** What a run of it may leave: numbers that fit each other. */
export function trainedFor({ spec: own }: Pick<LaneRun, "spec">): Trained {
  const realised = { cross: own.steps, en: 2 * own.steps * own.batch.size }; // each row a question and a passage
  return { record: fittingRecord(testValues, undefined, { spec: own, realised }), queryValues: testValues };
}

interface HeldLane {
  readonly threads: number | undefined;
  run?: LaneRun & { finish(trained?: Trained): void; fail(error: Partial<WireError>): void } & LaneEvents;
  left: boolean;
}

export function studyBench(deps: Partial<StudiesDeps> = {}) {
  const lanes: HeldLane[] = [];
  const work = { words: "", isWanted: false, isHeld: false };
  const swept: string[] = [];
  let free = () => {};
  let n = 0;
  let ms = 0;
  const store = createStudies({
    openStorage: openStudyStorage,
    openLane(threads) {
      const held: HeldLane = { threads, left: false };
      lanes.push(held);
      return {
        train: (run, events) =>
          new Promise((resolve) => {
            held.run = {
              ...run,
              ...events,
              finish: (trained = trainedFor(run)) => resolve(trained),
              fail: (error) =>
                resolve({ error: { kind: "input", name: "DataError", message: "no", ...error } }),
            };
          }),
        leave() {
          held.left = true;
          return Promise.resolve();
        },
      };
    },
    besideFor: () => 1,
    turn: {
      occupy({ words }) {
        if (work.isWanted && !work.isHeld) return false;
        work.isHeld = true;
        work.words = words;
        return true;
      },
      vacate: () => void (work.isHeld = false),
      isWanted: () => work.isWanted,
      onFree: (listener) => void (free = listener),
    },
    sweepSnapshots(isNeeded) {
      swept.push(isNeeded("study-1.cross.0") ? "needed" : "loose");
      return Promise.resolve();
    },
    takeLock: () => Promise.resolve(() => undefined),
    whenFree: () => new Promise(() => undefined),
    tabs: NO_TABS,
    nowMs: () => (ms += 1000),
    newId: () => String(++n),
    ...deps,
  });
  const held = () => store.getState().studies[0]!;
  return { store, lanes, work, swept, free: () => free(), held };
}
