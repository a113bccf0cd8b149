// The store of runs against workers in this process, for its tests; they give it an IndexedDB.
import { RUN_SCHEMA, type RunRecord } from "../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { openRunStorage, type RunStorage } from "../state/run/runStorage.ts";
import type { RunsState, RunStoreDeps } from "../state/runs/runsState.ts";
import type { Tabs } from "../state/run/tabs.ts";
import { createRunStore } from "../state/runStore.ts";
import { createWorkersStore, trainerLink } from "../state/workersStore.ts";
import { createFakeLab, settle, type FakeLab } from "./fakeLab.ts";

export const RECORD: RunRecord = {
  schema: RUN_SCHEMA,
  spec: DEFAULT_SPEC,
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD",
    versions: {},
    dataSha256: { "cldr-emoji": "a".repeat(64) },
    encoderSha256: "b".repeat(64),
  },
  points: [
    { step: 0, metric: "map/multi", value: 0.1 },
    { step: DEFAULT_SPEC.steps, metric: "map/multi", value: 0.3 },
  ],
  realised: {},
  final: {
    values: {
      "map/mono": 0.5,
      "map/cross": 0.2,
      "map/multi": 0.3,
      rankDistance: 40,
      maxAtR: 50,
      sameLanguageShare: 0.4,
      sameLanguageBase: 0.1,
    },
    perLanguage: {},
    matrix: { en: { en: 0.5 } },
    queries: 9,
    skippedQueries: 0,
    skippedPairs: {},
    pool: 12,
  },
  digest: "c".repeat(64),
};

/** A browser with one tab. */
export const NO_TABS: Tabs = { tell: () => undefined, onTold: () => undefined };

export interface Bench extends FakeLab {
  readonly store: ReturnType<typeof createRunStore>;
  readonly runs: () => RunsState["runs"];
}

export function bench(
  deps: Partial<RunStoreDeps> = {},
  answers: Parameters<typeof createFakeLab>[0] = {},
): Bench {
  const fake = createFakeLab(answers);
  let n = 0;
  const store = createRunStore({
    link: trainerLink(createWorkersStore(() => fake.client)),
    holdLock: () => () => undefined,
    takeLock: () => Promise.resolve(() => undefined),
    cadence: () => CADENCE,
    goingElsewhere: () => Promise.resolve(new Set()),
    whenFree: () => new Promise(() => undefined),
    tabs: NO_TABS,
    data: { isAwaited: () => false, onChange: () => undefined },
    nowMs: () => ++n,
    newId: () => `run${++n}`,
    ...deps,
    openStorage: async ({ onLost, onLate }) => {
      const events = { onLost, onLate: (late: RunStorage) => onLate(watched(late)) };
      return watched(await noted((deps.openStorage ?? openRunStorage)(events)));
    },
  });
  return { ...fake, store, runs: () => store.getState().runs };
}

export const CADENCE = { seconds: 30, share: 0.02 };
export const HYBRID = { presetName: "hybrid" } as const;
/** In place of one that is going on. */
export const begin = (store: Bench["store"]) =>
  store.getState().start(DEFAULT_SPEC, { ...HYBRID, instead: true });
export const multi = (step: number, value: number) => [{ step, metric: "map/multi", value }];

let unanswered = 0; // questions to storage, of all benches

function noted<T>(question: Promise<T>): Promise<T> {
  unanswered++;
  return question.finally(() => unanswered--);
}

function watched(storage: RunStorage): RunStorage {
  const methods = Object.entries(storage) as [string, (...given: unknown[]) => Promise<unknown>][];
  const noting = methods.map(([name, ask]) => [name, (...given: unknown[]) => noted(ask(...given))] as const);
  return Object.fromEntries(noting) as unknown as RunStorage; // the same methods
}

/** Lets everything that is under way end, what storage was asked by itself and what follows from its answers too. */
export async function rest(): Promise<void> {
  do await settle();
  while (unanswered > 0);
}
