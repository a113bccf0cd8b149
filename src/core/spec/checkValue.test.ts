import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BATCH_KINDS, ofKinds } from "./batchKind.ts";
import { checkValue } from "./checkValue.ts";
import { FIELDS, SPEC_PATHS } from "./fields.ts";
import { formatValue, parseValue } from "./fieldText.ts";
import { DEFAULT_SPEC, PRESETS } from "./presets.ts";
import { readPath } from "./spec.ts";

const valueOf = (checked: ReturnType<typeof checkValue>) => ("value" in checked ? checked.value : undefined);

describe("the field table", () => {
  it("has defaults that pass their own checks, in every preset", () => {
    for (const { spec } of PRESETS) {
      for (const path of SPEC_PATHS) expect(checkValue(path, readPath(spec, path)).problem).toBeUndefined();
    }
  });

  it("gives each field its own link key and a help text", () => {
    const keys = SPEC_PATHS.map((path) => FIELDS[path].key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const path of SPEC_PATHS) expect(FIELDS[path].help).toMatch(/^[“A-Z0-9].*[.]$/s);
  });
});

describe("checkValue", () => {
  it.each([
    ["steps", 0, 1, "steps must be from 1 to 100000, got 0; 1 is used"],
    ["loss.temperature", 7, 1, "loss.temperature must be from 0.005 to 1, got 7; 1 is used"],
  ] as const)("clamps %s = %d and says the bound", (path, value, near, message) => {
    expect(checkValue(path, value)).toEqual({ value: near, problem: { path, outcome: "clamped", message } });
  });

  it.each([
    ["steps", 1.5, "a whole number from 1 to 100000"],
    ["steps", "12", "a whole number"],
    ["steps", NaN, 'a whole number from 1 to 100000, got "NaN"'],
    ["steps", Infinity, 'got "Infinity"'],
    ["batch.ratio", { mono: -Infinity }, 'got {"mono":"-Infinity"}'],
    ["batch.unit", "row ", "one of batch, row"],
    ["encoder.prefixes", 1, "true or false"],
    ["data.train", "../secret", "an id of letters"],
    ["batch.ratio", { mono: 0, cross: 0 }, "not all 0"],
    ["batch.ratioEnd", { multi: 5e-324 }, "not all 0"], // 1 / 5e-324 is no number
    ["batch.ratio", { mono: 1, other: 1 }, `weights for ${BATCH_KINDS.join(", ")}`],
    ["batch.ratio", { mono: -1, cross: 2 }, "each from 0 to 1"],
    ["languages.train", {}, "one to 200 language codes"],
    ["languages.train", { en: 0 }, "above 0"],
    ["languages.train", { __proto__x: 1 }, "language codes"],
    ["languages.heldOut", ["EN"], "language codes such as en"],
  ] as const)("refuses %s = %j, saying what would be right", (path, value, right) => {
    const checked = checkValue(path, value);
    expect("value" in checked).toBe(false);
    expect(checked.problem?.message).toContain(right);
    expect(checked.problem?.message).toContain(path);
  });

  it("scales a ratio to sum 1", () => {
    // 0.2 + 0.6 = 0.8, so 0.25 and 0.75
    expect(valueOf(checkValue("batch.ratio", { mono: 0.2, cross: 0.6 }))).toEqual(
      ofKinds({ mono: 0.25, cross: 0.75 }),
    );
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SPEC_PATHS), fc.anything(), (path, value) => {
        const checked = checkValue(path, value);
        expect("value" in checked || checked.problem.outcome === "refused").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parseValue", () => {
  it.each([
    ["batch.ratio", "mono:0.5,cross:0.5", ofKinds({ mono: 0.5, cross: 0.5 })],
    ["batch.ratio", "0.1,0.2,0.3,0.4", ofKinds({ mono: 0.1, cross: 0.2, multi: 0.3, mixedMono: 0.4 })],
    ["batch.ratio", '{"cross":1}', ofKinds({ cross: 1 })],
    ["languages.train", "en, ar:2", { en: 1, ar: 2 }],
    ["languages.heldOut", "none", []],
    ["languages.heldOut", "el,vi,el", ["el", "vi"]],
    ["encoder.prefixes", "true", true],
    ["steps", " 12 ", 12],
    ["optimizer.learningRate", "1e-3", 0.001],
  ] as const)("%s: %s", (path, text, value) => {
    expect(valueOf(parseValue(path, text))).toEqual(value);
  });

  it.each(["mono:x", "mono:", "mono:1,mono:1", "", "{", "mono:0.5;cross:0.5", "mono:0.5:1,cross:0.5"])(
    "refuses the ratio %j",
    (text) => {
      expect("value" in parseValue("batch.ratio", text)).toBe(false);
    },
  );

  it.each([
    ["batch.ratio", "0.5"],
    ["batch.ratioEnd", "0.7,0.3"],
    ["batch.ratio", "0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1"],
    ["batch.ratio", "mono:0.5,0.5"],
    ["loss.weights", "2"],
    ["loss.weights", "1,cross:2"],
  ] as const)("takes no number for that of a kind that it does not name: %s=%s", (path, text) => {
    expect(parseValue(path, text)).toEqual({
      problem: {
        path,
        outcome: "refused",
        message: `${path} must be weights for ${BATCH_KINDS.join(", ")}, each from 0 to ${path === "loss.weights" ? 10 : 1}, not all 0, such as mono:0.5,cross:0.5, got ${/^[\d.]+$/.test(text) ? text : `"${text}"`}`,
      },
    });
  });

  it.each(["mono:0.5", '{"mono":0.5,"cross":0}'])("leaves no share of a mix to nobody: %s", (text) => {
    expect(parseValue("batch.ratio", text).problem?.message).toMatch(
      /^batch\.ratio must be shares of two kinds or more, or mono:1 for that kind alone, got (\{"mono":0\.5|"mono:0\.5")/,
    );
  });

  it.each(["0.5", "en:2:3", "en,0.5", "en:2,en:3", "en;de"])("refuses the languages %j", (text) => {
    expect(parseValue("languages.train", text).problem?.message).toContain("such as en,de:2, got ");
  });

  it("reads back every default that it writes", () => {
    for (const path of SPEC_PATHS) {
      const value = readPath(DEFAULT_SPEC, path);
      expect(valueOf(parseValue(path, formatValue(path, value)))).toEqual(value);
    }
  });
});
