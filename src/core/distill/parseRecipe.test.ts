import { describe, expect, it } from "vitest";
import { parseRecipe } from "./parseRecipe.ts";
import { RECIPES, DISTILLED_MINI, DISTILLED_WEAK } from "./recipes.ts";
import { DISTILLED_SMALL_SPREAD as small } from "./vectorRecipes.ts";

const text = (changes: object = {}) => JSON.stringify({ ...DISTILLED_MINI, ...changes });

describe("parseRecipe", () => {
  it("reads back what the lab ships", () => {
    for (const recipe of Object.values(RECIPES)) {
      expect(parseRecipe(JSON.stringify(recipe), "r.json")).toEqual(recipe);
    }
  });

  it.each([
    ["{", "r.json is no JSON"],
    [text({ seed: -1 }), "r.json: seed: "],
    [text({ sources: [] }), "r.json: sources: "],
    [text({ teacher: { ...DISTILLED_MINI.teacher, steps: 0 } }), "r.json: teacher.steps: "],
    [text({ batches: { ...DISTILLED_MINI.batches, monoShare: 2 } }), "r.json: batches.monoShare: "],
    [text({ extra: 1 }), "r.json: extra: "],
    [
      text({ student: { ...DISTILLED_MINI.student, objective: "mse", width: 8 } }),
      'r.json: student.objective "mse" compares vectors, so both widths must be equal',
    ],
  ])("refuses %.40s…", (json, message) => {
    expect(() => parseRecipe(json, "r.json")).toThrow(message);
  });
});

/** Every leaf of a recipe with its path, and a way to replace it. */
function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, of]) => leavesOf(of, [...path, key]));
}
function withLeaf(path: readonly string[], leaf: unknown): unknown {
  const recipe: unknown = JSON.parse(text());
  const last = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], recipe);
  (last as Record<string, unknown>)[path.at(-1)!] = leaf;
  return recipe;
}

describe("every field of a recipe", () => {
  const leaves = leavesOf(JSON.parse(text()));
  it.each(leaves.map((path) => [path.join("."), path] as const))("%s is asked for by name", (name, path) => {
    for (const wrong of [-1, null, {}, NaN]) {
      expect(() => parseRecipe(JSON.stringify(withLeaf(path, wrong)), "r.json")).toThrow(`r.json: ${name}: `);
    }
  });

  it("takes the ends of its range, and nothing beyond", () => {
    const ends: [string, number, number][] = [
      ["batches.monoShare", 1, 1.01],
      ["student.teacherWeight", 0, -0.01],
      ["teacher.batchSize", 2, 1],
      ["student.steps", 10_000_000, 10_000_001],
      ["alignment.minCount", 0, -1e-9],
      ["frequencyConstant", 1e-9, 0],
      ["seed", Number.MAX_SAFE_INTEGER, 2 ** 53],
    ];
    for (const [name, inside, outside] of ends) {
      const [good, bad] = [inside, outside].map((leaf) => JSON.stringify(withLeaf(name.split("."), leaf)));
      expect(parseRecipe(good!, "r.json").name).toBe("distilled-mini");
      expect(() => parseRecipe(bad!, "r.json")).toThrow(`r.json: ${name}: `);
    }
  });
});

describe("texts that layers see", () => {
  const parse = (changes: object) =>
    parseRecipe(JSON.stringify({ ...small, layers: { ...small.layers, ...changes } }), "r.json");

  it("may be none where the layers are finished, and are bounded as steps are", () => {
    expect(parse({ texts: 0 })).toEqual(small);
    expect(() => parse({ texts: 10_000_000 })).not.toThrow();
    expect(() => parse({ texts: 10_000_001 })).toThrow("r.json: layers.texts: ");
    expect(() => parse({ texts: 0, finish: null })).toThrow(
      "r.json: layers.texts: must be at least 1 where nothing finishes the layers",
    );
  });
});

describe("the shipped recipes", () => {
  it("differ in what the weak one may look at, not in texts, sizes or steps", () => {
    expect(DISTILLED_WEAK.bitext).toBe(false);
    expect(DISTILLED_WEAK.sources).toBe(DISTILLED_MINI.sources);
    expect(DISTILLED_WEAK.student).toMatchObject({
      width: DISTILLED_MINI.student.width,
      steps: DISTILLED_MINI.student.steps,
    });
  });

  it("name no test set", () => {
    const ids = Object.values(RECIPES).flatMap(({ sources }) => sources.map(({ id }) => id));
    expect(ids.filter((id) => /xquad|mlqa|miracl|belebele/.test(id))).toEqual([]);
  });

  it("fit 16 MB of half-precision numbers with the tokenizer's 24,000 pieces", () => {
    // 24,000 * (320 * 2 bytes + one 4-byte weight) = 15.5 MB
    for (const { student } of [DISTILLED_MINI, DISTILLED_WEAK]) {
      expect(24_000 * (student.width * 2 + 4)).toBeLessThan(16e6);
    }
  });
});
