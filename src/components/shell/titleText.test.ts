import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import { titleText } from "./titleText.ts";

const spec = withPath(DEFAULT_SPEC, "steps", 300);

it("names the part that is shown, and how far a run is in whole per cent, as long as it goes on", () => {
  expect(titleText(undefined, undefined)).toBe("Hybrid Batch Lab");
  expect(titleText({ status: "running", step: 100, spec }, "Compare")).toBe(
    "Training 33 % · Compare · Hybrid Batch Lab", // 33.3, of which the tab says no more
  );
  expect(titleText({ status: "paused", step: 299, spec }, undefined)).toBe("Paused 99 % · Hybrid Batch Lab");
  expect(titleText({ status: "finished", step: 300, spec }, "Data")).toBe("Data · Hybrid Batch Lab");
});
