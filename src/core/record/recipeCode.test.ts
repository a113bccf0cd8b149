// The short code of a recipe: what it tells apart, what it does not, and how it is typed.
import { expect, it } from "vitest";
import { DEFAULT_SPEC, PRESETS } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { recipeCode, typedCode } from "./recipeCode.ts";

const spec = DEFAULT_SPEC;

it("is one for all seeds and devices of a recipe, and another for any other setting", () => {
  const code = recipeCode({ spec });
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/); // 11 characters
  expect(recipeCode({ spec: withPath(spec, "seed", 9) })).toBe(code);
  expect(recipeCode({ spec: withPath(spec, "compute.backend", "cpu") })).toBe(code);
  expect(recipeCode({ spec, parent: undefined, trajectory: [] })).toBe(code);
  const others = [
    { spec: withPath(spec, "steps", spec.steps + 1) },
    { spec, stopAt: 20 },
    { spec, parent: { spec, step: 10, digest: "" } },
    { spec, parent: { spec, step: 11, digest: "" } },
    { spec, trajectory: [{ step: 5, ratio: spec.batch.ratio }] },
  ].map(recipeCode);
  expect(new Set([code, ...others]).size).toBe(6);
  const ofPresets = PRESETS.map((preset) => recipeCode({ spec: preset.spec }));
  const same = new Set(PRESETS.map((preset) => JSON.stringify(preset.spec))).size;
  expect(new Set(ofPresets).size).toBe(same);
});

it("is read as people type it", () => {
  expect(typedCode(" 0ab1c-dvxyz ")).toBe("0AB1C-DVXYZ");
  expect(typedCode("OABIC DVXYZ")).toBe("0AB1C-DVXYZ");
  expect(typedCode("0ab1cdvxyz")).toBe("0AB1C-DVXYZ");
  const dashes = ["\u2010", "\u2011", "\u2013", "\u2014", "\u2212", "\u00ad", "\u200b", "_"]; // of phones, word processors, pages
  for (const dash of dashes) expect(typedCode(`0ab1c${dash}dvxyz.`)).toBe("0AB1C-DVXYZ");
  expect(typedCode("０ＡＢ１Ｃ－ＤＶＸＹＺ")).toBe("0AB1C-DVXYZ");
  for (const wrong of ["", "hybrid", "0AB1C-DVXY", "0AB1C-DVXYU", "0AB1C-DVXYZ0"])
    expect(typedCode(wrong)).toBeUndefined();
});
