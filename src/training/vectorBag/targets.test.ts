// Targets and start rows from vectors that can be worked out by hand, at the precision of halves.
import { describe, expect, it } from "vitest";
import type { TargetRecipe } from "../../core/distill/vectorRecipe.ts";
import type { Split } from "../../core/data/records.ts";
import { createTargets, type TaughtList } from "./targets.ts";
import { copyVector, readVectors, writeVectors, type Vectors } from "./vectorFile.ts";

/** Written and read back as the cache does; `rows` are of unit length. */
function vectorsOf(rows: readonly (readonly number[])[]): Vectors {
  const width = rows[0]!.length;
  const file = Buffer.concat(writeVectors(Float32Array.from(rows.flat()), width, "a test"));
  return readVectors(file, "file", { count: rows.length, width });
}

type Row = readonly [concept: string, split: Split, vector: readonly number[]];
const listOf = (lang: string, rows: readonly Row[], kind: "query" | "passage" = "passage"): TaughtList => ({
  set: "set",
  kind,
  lang,
  texts: rows.map(([concept, split]) => ({ id: concept, lang, concept, split, text: concept })),
  vectors: vectorsOf(rows.map(([, , vector]) => vector)),
});
const targetsOf = (
  recipe: Omit<TargetRecipe, "together"> & Partial<TargetRecipe>,
  lists: readonly TaughtList[],
  list: number,
  at: number,
) => {
  const all = createTargets({ together: 0, ...recipe }, lists).of([
    { list: 0, at: 0 },
    { list, at },
  ]);
  return [...all.subarray(all.length / 2)];
};
const closeTo = (found: readonly number[], wanted: readonly number[]) => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((x, d) => expect(x).toBeCloseTo(wanted[d]!, 3));
};

describe("createTargets", () => {
  const english = listOf("en", [
    ["1", "train", [1, 0, 0]],
    ["2", "train", [0, 1, 0]],
  ]);
  const german = listOf("de", [
    ["1", "train", [0.6, 0, 0.8]],
    ["2", "train", [0, 0.6, 0.8]],
    ["3", "train", [0, -0.6, 0.8]],
  ]);
  const lists = [english, german];

  it("keeps the teacher's own vector where nothing is subtracted and there is no pivot", () => {
    closeTo(targetsOf({ centre: "nothing", pivot: null }, lists, 1, 0), [0.6, 0, 0.8]);
  });

  it("takes off the mean of the language's texts, and joins the pivot's", () => {
    // Mean of "en" over its two texts: (.5, .5, 0), so en:1 is unit(.5, -.5, 0) = (.7071, -.7071, 0).
    // Mean of "de": (.2, 0, .8), so de:1 is unit(.4, 0, 0) = (1, 0, 0). Their sum (1.7071, -.7071, 0) has length 1.8478.
    const recipe = { centre: "language", pivot: "en" } as const;
    closeTo(targetsOf(recipe, lists, 1, 0), [0.9239, -0.3827, 0]);
    closeTo(targetsOf(recipe, lists, 0, 0), [0.7071, -0.7071, 0]); // the pivot's own: itself twice
    // de:3 has no English: unit(-.2, -.6, 0).
    closeTo(targetsOf(recipe, lists, 1, 2), [-0.3162, -0.9487, 0]);
  });

  it("adds the mean over the concept's texts, as much as it weighs", () => {
    // en:1 is (.7071, -.7071, 0), de:1 (.9239, -.3827, 0): their mean points to (.8315, -.5556, 0), between them.
    const recipe = { centre: "language", pivot: "en" } as const;
    closeTo(targetsOf({ ...recipe, together: 1 }, lists, 1, 0), [0.8819, -0.4714, 0]);
    closeTo(targetsOf({ ...recipe, together: 1e6 }, lists, 1, 0), [0.8315, -0.5556, 0]);
    closeTo(targetsOf({ ...recipe, together: 1 }, lists, 1, 2), [-0.3162, -0.9487, 0]); // alone: its own mean
  });

  it("keeps questions and passages of a language apart, or takes one mean of all off", () => {
    const questions = listOf(
      "de",
      [
        ["1", "train", [0, 0, 1]],
        ["2", "train", [0, 1, 0]],
      ],
      "query",
    );
    // Mean of the questions alone: (0, .5, .5).
    closeTo(targetsOf({ centre: "language", pivot: null }, [german, questions], 1, 0), [0, -0.7071, 0.7071]);
    // Of all five: (.12, .2, .68); (0, 0, 1) less that is (-.12, -.2, .32), of length .3960.
    closeTo(targetsOf({ centre: "all", pivot: null }, [german, questions], 1, 0), [-0.303, -0.505, 0.8081]);
  });
});

describe("readVectors", () => {
  const file = Buffer.concat(writeVectors(Float32Array.of(0.6, 0.8, 1, 0), 2, "a test"));

  it("gives back the rows in halves and who made them", () => {
    const vectors = readVectors(file, "file", { count: 2, width: 2 });
    const row = new Float32Array(2);
    copyVector(vectors, 0, row, 0);
    closeTo([...row], [0.6, 0.8]);
    expect(vectors.madeBy).toBe("a test");
  });

  it.each([
    [{ count: 3, width: 2 }, /must be F16 \(3, 2\), the file has F16 \(2, 2\)/],
    [{ count: 1, width: 4 }, /must be F16 \(1, 4\), the file has F16 \(2, 2\)/],
  ])("refuses a file of another list or teacher", (wanted, message) => {
    expect(() => readVectors(file, "file", wanted)).toThrow(message);
  });

  it("refuses vectors that are not of unit length", () => {
    const long = Buffer.concat(writeVectors(Float32Array.of(0.6, 0.8, 1, 1), 2, "a test"));
    expect(() => readVectors(long, "file", { count: 2, width: 2 })).toThrow(
      /^file: vector 1 has length 1\.41/,
    );
  });
});
