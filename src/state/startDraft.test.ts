// Which seed is next.
import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { withPath } from "../core/spec/spec.ts";
import { nextSeed } from "./startDraft.ts";

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
