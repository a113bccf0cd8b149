// Intervals of runs and differences between two, computed in short turns so that the page never stops. Draws nothing.
import { createStore } from "zustand/vanilla";
import type { Intervals } from "../core/stats/bootstrap.ts";
import { compareQueries, intervalsOf, type Differences } from "../core/stats/compareQueries.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import type { Resampling } from "../core/stats/resampling.ts";

export interface StatsState {
  /** By the values they come from: a run's `queryValues`. */
  readonly intervals: ReadonlyMap<QueryValues, Intervals>;
  /** First run -> second run -> first minus second; "unpaired" where they were not asked the same queries. */
  readonly differences: ReadonlyMap<QueryValues, ReadonlyMap<QueryValues, Differences | "unpaired">>;
  /** Starts the computation unless it is done or under way. */
  wantIntervals(queries: QueryValues): void;
  wantDifferences(first: QueryValues, second: QueryValues): void;
}

export interface StatsDeps {
  readonly nowMs: () => number;
  /** Calls back after the page has drawn and taken input. */
  readonly later: (work: () => void) => void;
}

/** Milliseconds of work between two breaths: half a frame. */
const TURN_MS = 8;
const REPETITIONS = 5; // between two looks at the clock

export function createStatsStore({ nowMs, later }: StatsDeps) {
  const begun = new WeakMap<QueryValues, WeakSet<QueryValues>>();
  const queue: (() => boolean)[] = []; // each does one turn; true when it has ended
  let going = false;

  const turn = () => {
    const [first] = queue;
    if (first?.()) queue.shift();
    going = queue.length > 0;
    if (going) later(turn);
  };
  const compute = <R>(resampling: Resampling<R>, keep: (result: R) => void) => {
    queue.push(() => {
      for (const end = nowMs() + TURN_MS; resampling.done < resampling.total && nowMs() < end;) {
        resampling.advance(REPETITIONS);
      }
      if (resampling.done < resampling.total) return false;
      keep(resampling.result());
      return true;
    });
    if (!going) later(turn);
    going = true;
  };
  /** Intervals of `a` are filed as those of (a, a). */
  const isNew = (a: QueryValues, b: QueryValues) => {
    const partners = begun.get(a) ?? new WeakSet<QueryValues>();
    begun.set(a, partners);
    if (partners.has(b)) return false;
    partners.add(b);
    return true;
  };

  return createStore<StatsState>()((set) => {
    const file = (first: QueryValues, second: QueryValues, found: Differences | "unpaired") =>
      set(({ differences }) => ({
        differences: new Map(differences).set(first, new Map(differences.get(first)).set(second, found)),
      }));
    return {
      intervals: new Map(),
      differences: new Map(),
      wantIntervals(queries) {
        if (!isNew(queries, queries)) return;
        compute(intervalsOf(queries), (result) =>
          set(({ intervals }) => ({ intervals: new Map(intervals).set(queries, result) })),
        );
      },
      wantDifferences(first, second) {
        if (first === second || !isNew(first, second)) return;
        const comparison = compareQueries(first, second);
        if (comparison) compute(comparison, (result) => file(first, second, result));
        else file(first, second, "unpaired");
      },
    };
  });
}

export const statsStore = createStatsStore({
  nowMs: () => performance.now(),
  later: (work) => void setTimeout(work, 0),
});
