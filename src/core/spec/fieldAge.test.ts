// Rows say when they came and what was before; the laws hold for every row there is.
import { describe, expect, it } from "vitest";
import { AGE } from "../age.ts";
import { checkValue } from "./checkValue.ts";
import { absentFields, digestedSpec, impliedAt } from "./fieldAge.ts";
import { FIELDS, fieldAt, SPEC_PATHS } from "./fields.ts";
import { DEFAULT_SPEC } from "./presets.ts";
import { readPath, withPath } from "./spec.ts";

describe("rows of the field table", () => {
  it.each(SPEC_PATHS)("%s says what it meant before it was there", (path) => {
    const { since, before, formerly = [], silentWhile } = fieldAt(path);
    expect(before !== undefined, "before").toBe(since > 1);
    if (before !== undefined) expect(checkValue(path, before)).toEqual({ value: before });
    const ages = [since, ...formerly.map(({ until }) => until)];
    expect(ages, "ages rise").toEqual([...new Set(ages)].sort((a, b) => a - b));
    expect(Math.max(...ages)).toBeLessThanOrEqual(AGE);
    for (const { value } of formerly) expect(checkValue(path, value)).toEqual({ value });
    if (silentWhile) {
      expect(checkValue(silentWhile.path, silentWhile.is)).toEqual({ value: silentWhile.is });
      expect(fieldAt(silentWhile.path).since, "not newer than what it hangs on").toBeLessThanOrEqual(since);
    }
  });

  it("have keys of their own", () => {
    const keys = SPEC_PATHS.map((path) => FIELDS[path].key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const taken of ["v", "preset", "expect"]) expect(keys).not.toContain(taken);
  });
});

describe("what a field meant", () => {
  it("follows its former defaults", () => {
    const of = (path: "encoder.id" | "loss.teacher") =>
      ([1, 2, 3, 4, 5, 6, 7, 8] as const).map((age) => impliedAt(path, age));
    const [mini, bag] = ["distilled-mini", "distilled-bag"];
    expect(of("encoder.id")).toEqual(["random", mini, mini, mini, mini, bag, bag, "distilled-bag-37k"]);
    expect(of("loss.teacher")).toEqual([mini, mini, mini, mini, mini, bag, bag, "distilled-bag-37k"]);
    expect([1, 2].map((age) => impliedAt("optimizer.learningRate", age as 1))).toEqual([0.03, 0.01]);
    expect([1, 2].map((age) => impliedAt("loss.distillation", age as 1))).toEqual(["off", "off"]);
  });

  it("is known for every field that a record may lack", () => {
    const ofTeacher = { distillation: "off", distillationWeight: 0.5, teacher: "distilled-mini" };
    const paths = Object.entries(ofTeacher).map(([name, value]) => [`loss.${name}`, value]);
    expect(absentFields()).toMatchObject(Object.fromEntries(paths));
  });
});

describe("what a digest covers of a spec", () => {
  const lossOf = (spec: typeof DEFAULT_SPEC) =>
    Object.keys((digestedSpec(spec) as typeof DEFAULT_SPEC).loss).sort();

  it("is all but the later fields that say nothing", () => {
    const first = SPEC_PATHS.filter((path) => fieldAt(path).since === 1);
    const spec = digestedSpec(DEFAULT_SPEC) as typeof DEFAULT_SPEC;
    for (const path of first) expect(readPath(spec, path)).toEqual(readPath(DEFAULT_SPEC, path));
    const groups = Object.values(spec).map((group: unknown) =>
      typeof group === "object" ? Object.keys(group!) : [0],
    );
    expect(groups.flat()).toHaveLength(first.length + 1);
    expect(spec.batch.law).toBe("existing"); // the one whose default says something
    const before = digestedSpec(withPath(DEFAULT_SPEC, "batch.law", "blind")) as typeof DEFAULT_SPEC;
    expect(before.batch).not.toHaveProperty("law");
  });

  it("is a teacher's fields as soon as there is one, also at their defaults", () => {
    const taught = withPath(DEFAULT_SPEC, "loss.distillation", "mse");
    expect(lossOf(taught)).toEqual([
      "distillation",
      "distillationWeight",
      "teacher",
      "temperature",
      "weights",
    ]);
    expect(lossOf(withPath(DEFAULT_SPEC, "loss.teacher", "local:mine"))).toEqual(["temperature", "weights"]);
  });
});
