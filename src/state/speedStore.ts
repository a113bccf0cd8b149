// How fast this device was with each encoder, as runs measured it: kept for the next visit, to say how long a run will take.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Speeds } from "../core/encoders/encoderInfo.ts";
import { findColumn } from "../core/record/pointColumns.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { browserStorage, keepText, keptText, type TextStorage } from "./browserStorage.ts";
import { detailOf, hasEnded, type Run } from "./run/run.ts";
import { runStore } from "./runStore.ts";

export interface SpeedState {
  readonly encoders: Readonly<Record<string, Speeds>>; // by `speedKey`
  readonly readers: Readonly<Record<string, number>>; // teacher's id -> texts a second
  /** Takes what a run measured, as far as it has. */
  take(run: Run): void;
}

const STORAGE_KEY = "hybrid-batch-lab/speeds";
const MAX_KEPT = 40; // of each

/** What decides the speed beside the device. */
export const speedKey = ({ encoder, compute }: ExperimentSpec): string =>
  [encoder.id, encoder.layers, encoder.width, encoder.maxTokens, encoder.frozen, compute.backend].join(" ");

/** Whatever is not as expected is left out. Never throws. */
export function parseSpeeds(text: string | null): Pick<SpeedState, "encoders" | "readers"> {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    stored = null;
  }
  const { encoders, readers } = (stored ?? {}) as { encoders?: unknown; readers?: unknown };
  const entries = (value: unknown) => Object.entries(value ?? {}).slice(-MAX_KEPT);
  const isSpeeds = (value: unknown): value is Speeds => {
    const { pairs, texts } = (value ?? {}) as Partial<Speeds>;
    return isSpeed(pairs) && isSpeed(texts);
  };
  return {
    encoders: Object.fromEntries(
      entries(encoders).flatMap(([key, value]) =>
        isSpeeds(value) ? [[key, { pairs: value.pairs, texts: value.texts }]] : [],
      ),
    ),
    readers: Object.fromEntries(entries(readers).filter(([, value]) => isSpeed(value))),
  };
}

const isSpeed = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 1e12;

/** @param storage undefined where the browser has none: speeds are then known until the page is closed */
export function createSpeedStore(storage: TextStorage | undefined): StoreApi<SpeedState> {
  const last = <Value>(known: Readonly<Record<string, Value>>, key: string, value: Value | undefined) => {
    if (value === undefined) return known;
    const { [key]: _, ...others } = known;
    return Object.fromEntries([...Object.entries(others), [key, value] as const].slice(-MAX_KEPT));
  };
  return createStore<SpeedState>()((set, get) => ({
    ...parseSpeeds(keptText(storage, STORAGE_KEY)),
    take(run) {
      const { encoders, readers } = get();
      const now = {
        encoders: last(encoders, speedKey(run.spec), speedsOf(run)),
        readers: last(readers, run.spec.loss.teacher, readingSpeed(run)),
      };
      set(now);
      keepText(storage, STORAGE_KEY, JSON.stringify(now));
    },
  }));
}

/** The last rates that a run measured of itself. */
function speedsOf(run: Run): Speeds | undefined {
  const { points, record } = detailOf(run);
  const [pairs, asked] = ["perf/pairs_per_s", "perf/eval_queries_per_s"].map((metric) => {
    const column = findColumn(points, metric);
    return column?.values[column.length - 1];
  });
  if (!record || !pairs || !asked) return undefined;
  const { queries, pool } = record.final;
  const texts = (asked * (queries + pool)) / queries;
  return isSpeed(texts) ? { pairs, texts } : undefined;
}

/** Texts that the run's teacher read in a second, where it read for a while. */
function readingSpeed({ live }: Run): number | undefined {
  const phase = live?.phases.teacher;
  if (!phase) return undefined;
  const seconds = (phase.updatedAt - phase.startedAt) / 1000;
  const read = phase.done - phase.startedDone;
  return seconds >= 1 && read > 0 ? read / seconds : undefined;
}

export const speedStore = createSpeedStore(browserStorage());

runStore.subscribe(({ runs }, before) => {
  if (runs === before.runs) return;
  const known = new Set(before.runs); // most are as they were: the list is long, and told of ten times a second
  for (const run of runs) {
    if (known.has(run) || !hasEnded(run)) continue;
    const was = before.runs.find(({ id }) => id === run.id);
    if (was && !hasEnded(was)) speedStore.getState().take(run);
  }
});
