import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { expectedSeconds } from "./expectedTime.ts";

it("adds training and all evaluations", () => {
  const spec = withPath(withPath(withPath(DEFAULT_SPEC, "batch.size", 32), "steps", 40), "evalEvery", 20);
  const size = { queries: 1000, live: 100, pool: 1500 };
  // 40 x 32 / 64 = 20 s; twice 2,500 texts in full and once (at step 20) 1,600: 6,600 / 100 = 66 s
  expect(expectedSeconds(spec, size, { pairs: 64, texts: 100 })).toBe(86);
  // Without live evaluations the two ends are left: 20 + 50.
  expect(expectedSeconds(withPath(spec, "evalEvery", 0), size, { pairs: 64, texts: 100 })).toBe(70);
  // Every 15 of 40 steps: at 15 and 30.
  expect(expectedSeconds(withPath(spec, "evalEvery", 15), size, { pairs: 64, texts: 100 })).toBe(102);
});
