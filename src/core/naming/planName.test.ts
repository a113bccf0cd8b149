import { expect, it } from "vitest";
import { DEFAULT_PRESET, formLabel } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { planName } from "./planName.ts";

const { name, spec } = DEFAULT_PRESET;
const label = formLabel(name);

it("is the preset's name, also of a longer run", () => {
  expect(planName(spec, name)).toBe(label);
  expect(planName(withPath(spec, "steps", 7), name)).toBe(label);
});

it("says the rule that moves the mix or the weights", () => {
  const ruled = withPath(spec, "batch.schedule", "ado");
  expect(planName(ruled, name)).toBe("Hybrid, ADO");
  expect(planName(withPath(spec, "batch.schedule", "cosine"), name)).toMatch(/→ .*, cosine$/);
  expect(planName(withPath(ruled, "loss.weighting", "dwa"), name)).toMatch(/^Hybrid, ADO, .*DWA/);
  expect(planName(withPath(spec, "loss.weighting", "gradNorm"), name)).toMatch(
    new RegExp(`^${label}, .*GradNorm`),
  );
});
