// Which words and numbers find which runs.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { isSaid, saidLines } from "./runSearch.ts";
import { searchLines } from "./settingText.ts";

const said = (asked: string, text: string) => isSaid(asked, saidLines(text));
const run = (seed: number) => searchLines(withPath(DEFAULT_SPEC, "seed", seed));

describe("a search for runs", () => {
  it("takes a number with the word before it, wherever else that number stands", () => {
    for (const asked of ["seed 3", "SEED 3", "mono seed 3"]) {
      expect([3, 1, 13, 30].map((seed) => isSaid(asked, run(seed)))).toEqual([true, false, false, false]);
    }
    expect(said("batch 64", "Batch size 64")).toBe(true);
    expect(said("mono 70", "mono 70 %, cross 30 %")).toBe(true);
    expect(said("mono 30", "mono 70 %, cross 30 %")).toBe(false);
    expect(said("seed 3", "seed 1\nsteps 3")).toBe(false);
  });

  it("takes a number alone as a whole one, and words anywhere, whatever signs are in them", () => {
    expect(said("3", "seed 30, rate 0.3, k@13")).toBe(false);
    expect(said("0.3", "rate 0.3")).toBe(true);
    expect(said("(best", "the (best) one")).toBe(true);
    expect(said("uni mono", "mono and unified")).toBe(true);
    expect(said("200 steps", "200 steps")).toBe(true);
  });
});
