import { describe, expect, it } from "vitest";
import { parseSpec } from "./parseSpec.ts";
import { DEFAULT_SPEC, findPreset } from "./presets.ts";
import { checkConsistency, evalLanguages, evalTarget, trainLanguages } from "./resolve.ts";
import { withPath } from "./spec.ts";

describe("parseSpec", () => {
  it("lays fields over a preset", () => {
    const spec = parseSpec({ preset: "mono", batch: { size: 32 }, steps: 50 });
    expect(spec).toEqual({
      ...findPreset("mono")!.spec,
      batch: { ...findPreset("mono")!.spec.batch, size: 32 },
      steps: 50,
    });
  });

  it("reads back a whole spec", () => {
    expect(parseSpec(JSON.parse(JSON.stringify(DEFAULT_SPEC)))).toEqual(DEFAULT_SPEC);
  });

  it.each([
    [[], "must be a JSON object"],
    [
      { preset: "fastest" },
      'preset must be one of quickstart, mono, cross, hybrid, multi, mixed-mono, paper-mono, paper-cross, paper-hybrid, got "fastest"',
    ],
    [{ batch: { sise: 3 } }, "batch.sise is not a field"],
    [{ stepz: 3 }, "stepz is not a field"],
    [{ steps: -1 }, /steps must be from 1 to 100000, got -1$/],
    [{ batch: 3 }, "batch is not a field"],
  ])("refuses %j", (value, message) => {
    expect(() => parseSpec(value, "spec.json")).toThrow(`spec.json`);
    expect(() => parseSpec(value, "spec.json")).toThrow(message);
  });
});

describe("what shorthands stand for", () => {
  it("trains on weighted languages that are not held out, and tests on both", () => {
    const spec = withPath(
      withPath(DEFAULT_SPEC, "languages.train", { en: 1, de: 1, sw: 1 }),
      "languages.heldOut",
      ["sw", "el"],
    );
    expect(trainLanguages(spec)).toEqual(["de", "en"]);
    expect(evalLanguages(spec)).toEqual(["de", "el", "en", "sw"]);
    expect(evalLanguages(withPath(spec, "languages.eval", ["sw"]))).toEqual(["sw"]);
  });

  it("tests another set whole and the train set by its split", () => {
    expect(evalTarget(DEFAULT_SPEC)).toEqual({ datasetId: "cldr-emoji", split: "devConcepts" });
    const onTest = withPath(DEFAULT_SPEC, "data.split", "heldOut");
    expect(evalTarget(withPath(onTest, "data.eval", "cldr-emoji"))).toEqual({
      datasetId: "cldr-emoji",
      split: "heldOut",
    });
    expect(evalTarget(withPath(DEFAULT_SPEC, "data.eval", "xquad-r"))).toEqual({
      datasetId: "xquad-r",
      split: "all",
    });
  });

  it("refuses fields that contradict each other, naming what to change", () => {
    const one = withPath(withPath(DEFAULT_SPEC, "languages.train", { en: 1 }), "languages.heldOut", []);
    expect(() => checkConsistency(one)).toThrow("cross-lingual batches need 2 languages");
    expect(() => checkConsistency(withPath(one, "languages.heldOut", ["en"]))).toThrow(
      "leave at least one to train on",
    );
    const multi = withPath(findPreset("multi")!.spec, "batch.positives", 10);
    expect(() => checkConsistency(multi)).toThrow("10 positives need as many languages in a batch, got 9");
    expect(() => checkConsistency(DEFAULT_SPEC)).not.toThrow();
  });
});
