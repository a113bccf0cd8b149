// Which seed is next; what a recipe puts on the form.
import { expect, it } from "vitest";
import { recipeCode } from "../core/record/recipeCode.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { withPath } from "../core/spec/spec.ts";
import { draftStore } from "./draftStore.ts";
import { loadRecipe, nextSeed } from "./startDraft.ts";

const run = (seed: number, steps = DEFAULT_SPEC.steps) => ({
  spec: withPath(withPath(DEFAULT_SPEC, "seed", seed), "steps", steps),
});

it("is the next that no whole run of the same settings has", () => {
  expect(nextSeed(DEFAULT_SPEC, [])).toBe(2);
  expect(nextSeed(DEFAULT_SPEC, [run(1), run(3), run(2)])).toBe(4);
  expect(nextSeed(DEFAULT_SPEC, [run(2, 99)])).toBe(2); // of other settings
  expect(nextSeed(DEFAULT_SPEC, [{ ...run(2), stopAt: 5 }])).toBe(2); // stopped early
  expect(nextSeed(withPath(DEFAULT_SPEC, "seed", 2 ** 31 - 1), [run(0)])).toBe(1); // after the last comes the first
});

it("is a branch's recipe with the run that it leaves: trained, it has the same code", () => {
  const spec = withPath(DEFAULT_SPEC, "batch.ratio", { ...DEFAULT_SPEC.batch.ratio, mono: 0.5 });
  const course = { spec, parent: { spec: DEFAULT_SPEC, step: 20, digest: "" } };
  loadRecipe(course);
  expect(recipeCode(draftStore.getState())).toBe(recipeCode(course));
  expect(recipeCode({ spec })).not.toBe(recipeCode(course));
});
