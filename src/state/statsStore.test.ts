import { expect, it } from "vitest";
import { finishResampling } from "../core/stats/resampling.ts";
import { compareQueries, intervalsOf } from "../core/stats/compareQueries.ts";
import { testValues } from "../testing/testRecord.ts";
import { createStatsStore } from "./statsStore.ts";

/** A clock that moves 3 ms at each look, and a list of what was put off. */
function setUp() {
  const waiting: (() => void)[] = [];
  let now = 0;
  const store = createStatsStore({ nowMs: () => (now += 3), later: (work) => void waiting.push(work) });
  let turns = 0;
  const finish = () => {
    for (let work = waiting.shift(); work; work = waiting.shift(), turns++) work();
    return turns;
  };
  return { store, finish, waiting };
}

it("computes intervals in turns, once, and files them under their values", () => {
  const { store, finish, waiting } = setUp();
  store.getState().wantIntervals(testValues);
  store.getState().wantIntervals(testValues);
  expect(waiting).toHaveLength(1); // nothing has been done yet
  // a turn ends after 3 looks at the clock: 2 parts of 5 repetitions; 2,000 / 10 = 200 turns
  expect(finish()).toBe(200);
  expect(store.getState().intervals.get(testValues)).toEqual(finishResampling(intervalsOf(testValues)));
});

it("compares two runs after what was asked before, and says when they cannot be paired", () => {
  const { store, finish } = setUp();
  const other = structuredClone(testValues);
  const fewer = { ...testValues, languages: ["de", "fr"] };
  store.getState().wantIntervals(testValues);
  store.getState().wantDifferences(testValues, other);
  store.getState().wantDifferences(testValues, fewer);
  expect(store.getState().differences.get(testValues)?.get(fewer)).toBe("unpaired");
  finish();
  expect(store.getState().differences.get(testValues)?.get(other)).toEqual(
    finishResampling(compareQueries(testValues, other)!),
  );
});
