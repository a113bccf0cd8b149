// Which specs ask for the same experiment, which kinds one draws, and what a preset's name says.
import { describe, expect, it } from "vitest";
import { ofKinds } from "./batchKind.ts";
import { SPEC_PATHS } from "./fields.ts";
import { DEFAULT_PRESET, DEFAULT_SPEC, findPreset, PRESETS, withPreset } from "./presets.ts";
import { usedKinds } from "./ruleFacts.ts";
import { contradictionOf } from "./course.ts";
import { equalAt, equalSpecs } from "./specChecks.ts";
import { readPath, withPath } from "./spec.ts";

const ratio = (mono: number, cross: number, multi = 0) => ofKinds({ mono, cross, multi });

describe("two specs", () => {
  it("are equal whatever the order of languages, which each keeps", () => {
    const [a, b] = [
      { en: 1, de: 2 },
      { de: 2, en: 1 },
    ].map((langs) => withPath(DEFAULT_SPEC, "languages.train", langs));
    expect(equalSpecs(a!, b!)).toBe(true);
    expect(Object.keys(a!.languages.train)).toEqual(["en", "de"]);
    const [c, d] = [
      ["th", "ar"],
      ["ar", "th"],
    ].map((langs) => withPath(a!, "languages.heldOut", langs));
    expect(equalSpecs(c!, d!)).toBe(true);
  });

  it("differ by a weight, a seed, or a device, and only there", () => {
    const of = { en: 1, de: 2 };
    const base = withPath(DEFAULT_SPEC, "languages.train", of);
    for (const other of [
      withPath(base, "languages.train", { ...of, de: 3 }),
      withPath(base, "seed", base.seed + 1),
      withPath(base, "compute.backend", "cpu"),
    ]) {
      expect(equalSpecs(base, other)).toBe(false);
      expect(SPEC_PATHS.filter((path) => !equalAt(path, base, other))).toHaveLength(1);
    }
  });
});

describe("the kinds that a run may draw", () => {
  it("are those of its ratio and, where that moves, of its end", () => {
    const batch = { ...DEFAULT_SPEC.batch, ratio: ratio(1, 0), ratioEnd: ratio(0, 0.5, 0.5) };
    expect(usedKinds({ batch: { ...batch, schedule: "constant" } })).toEqual(["mono"]);
    expect(usedKinds({ batch: { ...batch, schedule: "linear" } })).toEqual(["mono", "cross", "multi"]);
  });

  it("decide what contradicts them: one language is enough for mono alone, also at the end", () => {
    const alone = withPath(withPath(DEFAULT_SPEC, "languages.train", { en: 1 }), "languages.heldOut", []);
    const mono = withPath(alone, "batch.ratio", ratio(1, 0));
    expect(contradictionOf({ spec: mono })).toBeUndefined();
    const moving = withPath(mono, "batch.ratioEnd", ratio(0, 1));
    expect(contradictionOf({ spec: moving })).toBeUndefined(); // it never moves there
    expect(contradictionOf({ spec: withPath(moving, "batch.schedule", "step") })).toMatch(
      /need 2 languages in a batch, got 1/,
    );
    const narrow = withPath(withPath(DEFAULT_SPEC, "batch.ratio", ratio(0, 0, 1)), "languages.perBatch", 1);
    expect(contradictionOf({ spec: narrow })).toMatch(
      /^batch\.positives: \d+ positives need as many .* got 1;/,
    );
  });
});

const LENGTH = ["steps", "evalEvery"];
const PAPER = [
  ...LENGTH,
  "data.train",
  "data.eval",
  "batch.size",
  "encoder.id",
  "encoder.maxTokens",
  "optimizer.learningRate",
];

describe("a preset", () => {
  it("has a name and a label of its own, is found by it, and sets what it says it sets", () => {
    for (const key of ["name", "label"] as const) {
      expect(new Set(PRESETS.map((preset) => preset[key])).size).toBe(PRESETS.length);
    }
    for (const preset of PRESETS) {
      expect(findPreset(preset.name)).toBe(preset);
      const differing = SPEC_PATHS.filter((path) => !equalAt(path, preset.spec, DEFAULT_SPEC));
      for (const path of differing) expect(preset.sets).toContain(path);
      expect(contradictionOf(preset)).toBeUndefined();
    }
    expect(findPreset("fastest")).toBeUndefined();
    expect(DEFAULT_PRESET.name).toBe("quickstart");
  });

  it("owns its ratio and that it stays; the quick start its length, the paper's also encoder, rate and data", () => {
    const mix = ["batch.ratio", "batch.schedule"];
    for (const { name, group, sets } of PRESETS) {
      if (group === "any") expect(sets).toEqual([...mix, ...(name === "quickstart" ? LENGTH : [])]);
      else expect([...sets].sort()).toEqual([...mix, ...PAPER].sort());
    }
    expect(withPreset(findPreset("paper-mono")!.spec, findPreset("cross")!)).toEqual(
      findPreset("paper-cross")!.spec, // the mix is all that they differ in
    );
    const moving = withPath(withPath(DEFAULT_SPEC, "batch.schedule", "linear"), "seed", 9);
    expect(withPreset(moving, findPreset("mono")!)).toEqual(withPath(findPreset("mono")!.spec, "seed", 9));
  });

  it("draws the kinds of its name: each batch of one kind where it has one", () => {
    const kinds = Object.fromEntries(PRESETS.map(({ name, spec }) => [name, usedKinds(spec)]));
    expect(kinds).toEqual({
      quickstart: ["mono", "cross"],
      mono: ["mono"],
      cross: ["cross"],
      hybrid: ["mono", "cross"],
      multi: ["multi"],
      "mixed-mono": ["mixedMono"],
      "paper-mono": ["mono"],
      "paper-cross": ["cross"],
      "paper-hybrid": ["mono", "cross"],
    });
    // What is not named stays at its default: that is how presets are compared with each other.
    for (const { spec } of PRESETS) expect(readPath(spec, "seed")).toBe(DEFAULT_SPEC.seed);
  });
});
