// What is dev must not hang on languages, order or anything but names.
import { describe, expect, it } from "vitest";
import { createDevConcepts, DEV_SHARE, isDevDistractor, isDevUnit } from "./devPart.ts";

const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`);

it("a fifth of the units is dev, by name alone", () => {
  const n = names.filter(isDevUnit).length;
  // binomial: 2,000 expected, SD sqrt(10,000 * 0.2 * 0.8) = 40
  expect(Math.abs(n - DEV_SHARE * names.length)).toBeLessThan(4 * 40);
  expect(names.slice(0, 20).filter(isDevUnit)).toEqual(["c9", "c13", "c15", "c16", "c19"]); // never to change: records hang on it
});

describe("a concept", () => {
  const dev = names.find(isDevUnit)!;
  const other = names.find((name) => !isDevUnit(name))!;
  const concepts = (
    ...asked: (readonly [name: string, split: "train" | "dev" | "test", cluster?: string])[]
  ) => {
    const made = createDevConcepts();
    const numbers = [...new Set(asked.map(([name]) => name))];
    for (const [name, split, cluster] of asked) {
      made.told(numbers.indexOf(name), name);
      made.asked(numbers.indexOf(name), split, cluster);
    }
    return numbers.filter((_, i) => made.has(i));
  };

  it("is dev by its own name", () => {
    expect(concepts([dev, "train"], [other, "train"])).toEqual([dev]);
  });

  it("goes with its paragraph, in whichever language that is met", () => {
    for (const lang of ["en", "ar"]) {
      expect(concepts([other, "train", `${lang}:${dev}`], [dev, "train", `${lang}:${other}`])).toEqual([
        other,
      ]);
    }
  });

  it("that only dev queries ask for is dev: such a set is published", () => {
    expect(concepts([other, "dev"])).toEqual([other]);
    expect(concepts([other, "dev"], [other, "train"])).toEqual([]);
  });

  it("may be any of many", () => {
    expect(concepts(...names.map((name) => [name, "train"] as const))).toEqual(names.filter(isDevUnit));
  });
});

it("a sentence without a concept goes with its paragraph", () => {
  const paragraphs = Array.from({ length: 50 }, (_, i) => `a${i}p0`);
  for (const at of paragraphs) {
    expect(isDevDistractor(`de:${at}s3`)).toBe(isDevUnit(at));
    expect(isDevDistractor(`th:${at}s12`)).toBe(isDevUnit(at));
  }
});
