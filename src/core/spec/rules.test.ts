// The fields of moving rules: what they hold, what contradicts them, and that they say nothing while nothing asks for them.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ofKinds } from "./batchKind.ts";
import { checkValue, MAX_CURVE_POINTS } from "./checkValue.ts";
import { contradictionOf } from "./course.ts";
import { digestedSpec } from "./fieldAge.ts";
import { FIELDS, SPEC_PATHS } from "./fields.ts";
import { formatValue, parseValue } from "./fieldText.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { handDrive } from "./linkDrive.ts";
import { DEFAULT_PRESET, DEFAULT_SPEC } from "./presets.ts";
import { checkConsistency } from "./resolve.ts";
import { decides, isAsked, MIX_RULES, usedKinds, WEIGHT_RULES } from "./ruleFacts.ts";
import { withPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

function specWith(settings: Partial<Record<SpecPath, string>>): ExperimentSpec {
  return Object.entries(settings).reduce((spec, [path, text]) => {
    const checked = parseValue(path as SpecPath, text);
    if (!("value" in checked)) throw new Error(checked.problem.message);
    return withPath(spec, path as SpecPath, checked.value);
  }, DEFAULT_SPEC);
}

describe("values of rules' fields", () => {
  it("are short text and come back from it", () => {
    const texts: Partial<Record<SpecPath, string>> = {
      "batch.curve": "0,0.5,1:1,0.5,0:0,0.5,1",
      "loss.curve": "0.25:2:1:0:0.5",
      "rule.reference": "mono:2.1,cross:2.5",
      "rule.referenceRun": "0123456789abcdef",
      "rule.transfer": "mono-mono:1,mono-cross:-0.3",
    };
    for (const [path, text] of Object.entries(texts) as [SpecPath, string][]) {
      const checked = parseValue(path, text);
      expect("value" in checked && formatValue(path, checked.value)).toBe(text);
      expect(formatValue(path, FIELDS[path].default)).toBe("none");
      expect(parseValue(path, "none")).toEqual({ value: FIELDS[path].default });
    }
  });

  it.each([
    ["batch.curve", "0,0:1,1", "places that do not rise"],
    ["batch.curve", "0,1.5:1,1", "a place beyond the end"],
    ["batch.curve", "0,1:1", "a list that is too short"],
    ["batch.curve", "0,1:0,1:0,0", "a mix of nothing"],
    ["batch.curve", "0:1:0:0:0:0:0:0:0:0:0", "ten kinds"],
    ["loss.curve", "0:11", "too large a weight"],
    ["rule.reference", "mono:-1", "a loss below 0"],
    ["rule.reference", "mono:1,all:2", "no kind"],
    ["rule.referenceRun", "0123", "too few digits"],
    ["rule.transfer", "mono-all:1", "no kind"],
    ["rule.transfer", "mono:1", "one kind"],
    ["rule.floor", "0.3", "more than four kinds have room for"],
  ] as const)("refuses or bounds %s=%s: %s", (path, text, _why) => {
    expect(parseValue(path, text).problem?.message).toMatch(new RegExp(`^${path} must be`));
  });

  it("has a curve of no more points than a link holds", () => {
    const points = Array.from({ length: MAX_CURVE_POINTS + 1 }, (_, i) => {
      return { at: i / MAX_CURVE_POINTS, weights: { mono: 1 } };
    });
    expect(checkValue("batch.curve", points).problem?.outcome).toBe("refused");
    expect(checkValue("batch.curve", points.slice(1)).problem).toBeUndefined();
  });
});

describe("rules and what they go by", () => {
  it("are those that the fields offer, each with one sentence", () => {
    const offered = (path: "batch.schedule" | "loss.weighting") =>
      FIELDS[path].options.map(({ value }) => value).sort();
    expect(offered("batch.schedule")).toEqual(Object.keys(MIX_RULES).sort());
    expect(offered("loss.weighting")).toEqual(Object.keys(WEIGHT_RULES).sort());
    for (const path of ["batch.schedule", "loss.weighting"] as const) {
      for (const { help } of FIELDS[path].options) expect(help).toMatch(/^[A-Z“][^.]+\.$/);
    }
  });

  it("have a line each in docs/rules.md, with what they go by", () => {
    const docs = readFileSync("docs/rules.md", "utf8");
    for (const rule of [...Object.keys(MIX_RULES), ...Object.keys(WEIGHT_RULES)]) {
      const line = docs
        .split("\n")
        .find((one) => one.startsWith("| `") && one.split("|")[1]!.includes(`\`${rule}\``));
      expect(line, rule).toBeDefined();
    }
  });

  it("draw the kinds that their mixes have", () => {
    const mixes = {
      "batch.ratio": "mono:1",
      "batch.ratioEnd": "cross:1",
      "batch.curve": "0,1:0,0:0.5,0:0.5,1",
    };
    const kindsOf = (schedule: string) => usedKinds(specWith({ ...mixes, "batch.schedule": schedule }));
    expect(kindsOf("competence")).toEqual(["mono", "cross"]);
    expect(kindsOf("exp3")).toEqual(["mono"]);
    expect(kindsOf("drawn")).toEqual(["cross", "multi"]);
  });

  it("ask for their fields only", () => {
    const asked = (spec: ExperimentSpec) =>
      SPEC_PATHS.filter((path) => path.startsWith("rule.") && isAsked(spec, path));
    expect(asked(DEFAULT_SPEC)).toEqual([]);
    expect(asked(specWith({ "loss.weighting": "dwa" }))).toEqual(["rule.every", "rule.temperature"]);
    expect(asked(specWith({ "batch.schedule": "ado", "loss.weighting": "gradNorm" }))).toEqual([
      "rule.every",
      "rule.rate",
      "rule.floor",
    ]);
    expect([DEFAULT_SPEC, specWith({ "batch.schedule": "random" })].map(decides)).toEqual([false, false]);
    expect(decides(specWith({ "loss.weighting": "dwa" }))).toBe(true);
  });

  it.each([
    [{ "batch.schedule": "drawn" }, "batch.schedule: drawn follows a curve, and batch.curve has no point"],
    [{ "loss.weighting": "drawn" }, "loss.weighting: drawn follows a curve, and loss.curve has no point"],
    [
      { "batch.schedule": "doremi", "rule.reference": "mono:2" },
      "batch.schedule: doremi needs the loss of a reference run by kind, and rule.reference has none for cross",
    ],
    [{ "loss.weighting": "tdro" }, "loss.weighting: tdro needs the loss of a reference run"],
    [{ "batch.schedule": "devGap" }, "batch.schedule: devGap needs the dev mAP of a run of each kind alone"],
    [
      { "batch.schedule": "devGap", "rule.reference": "mono:0.5,cross:4" },
      "rule.reference must be from 0 to 1",
    ],
    [
      { "batch.schedule": "devGap", "rule.reference": "mono:0.5,cross:0.4", evalEvery: "0" },
      "decides at evaluations",
    ],
    [
      { "batch.schedule": "skillIt", "rule.transfer": "multi-multi:1" },
      "needs rule.transfer, what helps what among mono, cross",
    ],
    [{ "batch.schedule": "exp3", "batch.ratio": "mono:1" }, "batch.ratio has only mono"],
    [{ "batch.schedule": "ado", "rule.every": "0", evalEvery: "0" }, "would decide at evaluations"],
    [{ "loss.weighting": "random", "rule.every": "0" }, "draws every so many steps"],
    [
      { "loss.weighting": "gradNorm", "batch.unit": "row" },
      "gradNorm tells the kinds’ gradients apart by whole batches",
    ],
  ] as const)("refuses %j", (settings, message) => {
    expect(() => checkConsistency(specWith(settings))).toThrow(message);
  });

  it.each([
    [{ "data.split": "heldOut" }, "set data.split to devConcepts (dev)"],
    [{ "data.split": "all" }, "set data.split to devConcepts (dev)"],
    [{ "data.eval": "xquad-r" }, "set data.eval to same"],
  ] as const)("are not let by test rows: %j", (settings, right) => {
    const reads = { "batch.schedule": "devGap", "rule.reference": "mono:0.5,cross:0.4", evalEvery: "10" };
    const spec = specWith({ ...reads, ...settings });
    const why = `batch.schedule: devGap moves the mix by what evaluations measure, and this run’s ask test rows; ${right} and look at test once, at the end`;
    expect(() => checkConsistency(spec)).toThrow(why);
    expect(contradictionOf(decodeLink(encodeLink(spec, DEFAULT_PRESET)))).toBe(why);
    // A record's decisions are followed, and read nothing; those about weights leave the rule its mix.
    const decided = [{ step: 17, ratio: DEFAULT_SPEC.batch.ratio }];
    expect(contradictionOf({ spec, trajectory: decided })).toBeUndefined();
    const weighed = [{ step: 17, weights: DEFAULT_SPEC.loss.weights }];
    expect(contradictionOf({ spec, trajectory: weighed })).toBe(why);
    for (const split of ["devConcepts", "dev"]) {
      expect(contradictionOf({ spec: specWith({ ...reads, "data.split": split }) })).toBeUndefined();
    }
    expect(contradictionOf({ spec: specWith({ "batch.schedule": "exp3", ...settings }) })).toBeUndefined();
  });

  it("say nothing in digests and older links until they are used", () => {
    const text = JSON.stringify(digestedSpec(DEFAULT_SPEC));
    expect(text).not.toMatch(/rule|curve|weighting/i);
    const old = decodeLink("v=5&preset=hybrid").spec;
    expect([old.rule, old.loss.weighting, old.languages.schedule]).toEqual([
      DEFAULT_SPEC.rule,
      "constant",
      "constant",
    ]);
  });
});

describe("a drive by hand", () => {
  const hybrid = DEFAULT_PRESET;
  const only = (mono: number, cross: number) => {
    return ofKinds({ mono, cross });
  };
  const trajectory = [
    { step: 57, ratio: only(0.35, 0.65) },
    { step: 64, ratio: only(0.4, 0.6) },
  ];

  it("is in the link, with the steps from which it holds", () => {
    const link = encodeLink(hybrid.spec, hybrid, { trajectory });
    expect(link).toMatch(/&drive=57,64:35,40:65,60$/);
    expect(decodeLink(link)).toMatchObject({ trajectory, problems: [] });
  });

  it("is what a hand decided, not what rules did", () => {
    const weights = only(1, 2);
    const both = [{ step: 20, weights }, { ...trajectory[0]!, weights }, trajectory[1]!];
    expect(handDrive(hybrid.spec, both)).toEqual(trajectory);
    const ruled = withPath(hybrid.spec, "batch.schedule", "exp3");
    expect(handDrive(ruled, trajectory)).toEqual([]);
    expect(encodeLink(ruled, hybrid, { trajectory })).not.toContain("drive");
  });

  it("is kept of the run that a branch comes from", () => {
    const parent = { spec: hybrid.spec, step: 60, digest: "0123456789abcdef", trajectory: [trajectory[0]!] };
    const link = encodeLink(hybrid.spec, hybrid, { parent });
    expect(decodeLink(link)).toMatchObject({ parent, problems: [] });
  });

  it.each(["57,57:35,40:65,60", "57:35:64", "999999:100", "1.5:100", "-1:100", "5:150:-50", "x", "5"])(
    "is refused as %s",
    (drive) => {
      const { trajectory: none, problems } = decodeLink(`v=10&preset=hybrid&drive=${drive}`);
      expect(none).toBeUndefined();
      expect(problems.map(({ path, outcome }) => [path, outcome])).toEqual([["drive", "refused"]]);
    },
  );

  it("does not stand beside a rule that decides", () => {
    const { problems } = decodeLink("v=10&preset=hybrid&schedule=ado&drive=57:35:65");
    expect(problems[0]?.message).toBe("drive is by hand, but ado decides; the mix is not driven");
  });
});
