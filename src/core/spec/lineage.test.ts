// Branches: what one may change, where it may begin, and how it is written small and read again.
import { describe, expect, it } from "vitest";
import { ofKinds } from "./batchKind.ts";
import { differingField } from "./differingField.ts";
import { BRANCH_FIELDS, checkBranch, courseOf, depthOf, MAX_PARENTS, type Parent } from "./lineage.ts";
import { formatParents, parseParents } from "./linkParents.ts";
import { DEFAULT_SPEC } from "./presets.ts";
import { SPEC_PATHS } from "./fields.ts";
import { withPath, type ExperimentSpec, type SpecPath, type SpecValue } from "./spec.ts";

const DIGEST = "0123456789abcdef";
const spec = withPath({ ...DEFAULT_SPEC, steps: 100 }, "batch.size", 64);
const changed = (path: SpecPath, value: SpecValue): ExperimentSpec => withPath(spec, path, value);
const parentAt = (step: number, of: Partial<Parent> = {}): Parent => ({ spec, step, digest: DIGEST, ...of });

describe("a branch", () => {
  it.each<[SpecPath, SpecValue]>([
    ["batch.ratio", ofKinds({ cross: 1 })],
    ["languages.train", { en: 3 }],
    ["loss.temperature", 0.2],
    ["optimizer.learningRate", 0.5],
    ["steps", 60],
    ["compute.backend", "cpu"],
  ])("may change %s", (path, value) => {
    expect(() => checkBranch(changed(path, value), parentAt(50))).not.toThrow();
    expect(BRANCH_FIELDS).toContain(path);
  });

  it.each<[SpecPath, SpecValue, string]>([
    ["seed", 9, "seed: a branch keeps its parent’s 1, got 9; it may change languages.train, "],
    ["encoder.width", 64, "encoder.width: a branch keeps its parent’s"],
    ["batch.size", 16, "batch.size: a branch keeps its parent’s 64, got 16"],
    ["data.train", "xquad-r", "data.train: a branch keeps its parent’s"],
    ["evaluate.cuts", ["ndcg@5"], "evaluate.cuts: a branch keeps its parent’s none, got ndcg@5"],
    ["optimizer.schedule", "constant", "optimizer.schedule: a branch keeps its parent’s"],
  ])("keeps %s", (path, value, why) => {
    expect(() => checkBranch(changed(path, value), parentAt(50))).toThrow(why);
  });

  it("begins at a step that its parent trained, behind its own branch, with a step left to train", () => {
    const second = parentAt(60, { parent: parentAt(40) });
    for (const step of [40, 60, 99]) {
      expect(() => checkBranch(spec, { ...second, step })).not.toThrow();
    }
    for (const step of [39, 100, 50.5, -1, NaN]) {
      expect(() => checkBranch(spec, { ...second, step })).toThrow("begins at a step from 40 to 99");
    }
    // A child of fewer steps ends before its parent, one of more steps begins no later than its parent's end.
    expect(() => checkBranch(changed("steps", 60), parentAt(60))).toThrow("from 0 to 59");
    expect(() => checkBranch(changed("steps", 300), parentAt(101))).toThrow("from 0 to 100");
    // What is wrong with an ancestor is found too.
    const other = parentAt(60, { parent: parentAt(40, { spec: changed("seed", 2) }) });
    expect(() => checkBranch(spec, other)).toThrow("seed: a branch keeps its parent’s 2, got 1");
  });

  it("has a course: stretches of steps, each under its own spec, from the origin on", () => {
    const [mono, cross] = [changed("loss.temperature", 0.1), changed("loss.temperature", 0.2)];
    const parent = parentAt(60, { spec: cross, parent: parentAt(40, { spec: mono }) });
    expect(courseOf(spec, parent)).toEqual([
      { spec: mono, from: 0 },
      { spec: cross, from: 40 },
      { spec, from: 60 },
    ]);
    expect(courseOf(spec, undefined)).toEqual([{ spec, from: 0 }]);
    expect([undefined, parent.parent, parent].map(depthOf)).toEqual([0, 1, 2]);
  });
});

describe("the parents in a link", () => {
  it("say only what their child changed, nearest first, and come back", () => {
    const cross = changed("optimizer.learningRate", 0.25);
    const mono = withPath(cross, "languages.heldOut", ["ar", "th"]);
    const parent = parentAt(60, { spec: cross, parent: parentAt(40, { spec: mono }) });
    const text = formatParents(spec, parent);
    expect(text.split(";")).toEqual([
      `60|${DIGEST}|lr=0.25`,
      expect.stringMatching(/^40\|[0-9a-f]{16}\|.+=ar,th$/),
    ]);
    expect(parseParents(spec, text)).toEqual(parent);
  });

  it("carry a digest's first 16 digits", () => {
    const whole = parentAt(50, { digest: DIGEST.repeat(4) });
    expect(parseParents(spec, formatParents(spec, whole)).digest).toBe(DIGEST);
  });

  it("keep values that hold the marks of the form", () => {
    const teacher = changed("loss.teacher", "https://example.org/a;b=c%7Cd/");
    const parent = parentAt(50, { spec: teacher });
    expect(formatParents(spec, parent).split(/[|;]/)).toHaveLength(3);
    expect(parseParents(spec, formatParents(spec, parent))).toEqual(parent);
  });

  it("are at most as many as a run may come from", () => {
    const chain = (n: number) => Array<string>(n).fill(`1|${DIGEST}`).join(";");
    expect(depthOf(parseParents(spec, chain(MAX_PARENTS)))).toBe(MAX_PARENTS);
    expect(() => parseParents(spec, chain(MAX_PARENTS + 1))).toThrow("at most 16 runs, got 17");
  });
});

describe("the first differing field", () => {
  it("is told with both values as in a link, in the order of the table", () => {
    expect(differingField(spec, spec)).toBeUndefined();
    const other = withPath(changed("seed", 9), "batch.size", 32);
    expect(differingField(spec, other)).toEqual({ path: "batch.size", was: "64", is: "32" });
    expect(SPEC_PATHS.indexOf("batch.size")).toBeLessThan(SPEC_PATHS.indexOf("seed"));
  });
});
