// How fast this device was with each encoder, as runs measured it: kept for the next visit, to say how long a run will take.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Speeds } from "../core/encoders/encoderInfo.ts";
import { findColumn } from "../core/record/pointColumns.ts";
import { isSpeed, parseSpeedTable, speedKey, speedsOf } from "../core/series/measuredSpeeds.ts";
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

/** Whatever is not as expected is left out. Never throws. */
export function parseSpeeds(text: string | null): Pick<SpeedState, "encoders" | "readers"> {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? "null");
  } catch {
    stored = null;
  }
  const { encoders, readers } = (stored ?? {}) as { encoders?: unknown; readers?: unknown };
  return {
    encoders: parseSpeedTable(encoders, MAX_KEPT),
    readers: Object.fromEntries(
      Object.entries(readers ?? {})
        .slice(-MAX_KEPT)
        .filter(([, value]) => isSpeed(value)),
    ),
  };
}

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
        encoders: last(encoders, speedKey(run.spec), speedsOfRun(run)),
        readers: last(readers, run.spec.loss.teacher, readingSpeed(run)),
      };
      set(now);
      keepText(storage, STORAGE_KEY, JSON.stringify(now));
    },
  }));
}

/** The last rates that a run measured of itself. */
function speedsOfRun(run: Run): Speeds | undefined {
  const { points, record } = detailOf(run);
  const last = (metric: string) => {
    const column = findColumn(points, metric);
    return column?.values[column.length - 1];
  };
  if (!record) return undefined;
  return speedsOf({ pairs: last("perf/pairs_per_s"), asked: last("perf/eval_queries_per_s") }, record.final);
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
