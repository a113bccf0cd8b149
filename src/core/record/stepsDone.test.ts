// How far a run had come, from records that say it and from those of before.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { hasTrained, stepsDone, stopOf } from "./stepsDone.ts";

const { spec, points } = testRecord; // 20 steps, points to 20, one of them a loss
const cut = points.filter(({ step }) => step < 20); // its last point is at step 1

describe("a record", () => {
  it("of a whole run has its last point at its last step, and no stop", () => {
    expect(stepsDone({ points })).toBe(20);
    expect(stopOf({ spec, points })).toBeUndefined();
  });

  it("that says where it was stopped is believed, whatever its points", () => {
    const stopped = { spec, points: cut, stoppedAt: 3 };
    expect([stepsDone(stopped), stopOf(stopped)]).toEqual([3, 3]);
    const atOnce = { spec, points: [], stoppedAt: 0 };
    expect([hasTrained(atOnce), stopOf(atOnce)]).toEqual([true, 0]);
  });

  it("of before stops were told was stopped at its last point", () => {
    expect([stepsDone({ points: cut }), stopOf({ spec, points: cut })]).toEqual([1, 1]);
  });

  it("of an evaluation alone has trained no step and was not stopped", () => {
    const evaluated = points.filter(({ step }) => step === 0);
    expect(hasTrained({ points: evaluated })).toBe(false);
    expect([stepsDone({ points: evaluated }), stopOf({ spec, points: evaluated })]).toEqual([0, undefined]);
    expect(stepsDone({ points: [] })).toBe(0);
  });
});
