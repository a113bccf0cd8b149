// Which concepts a map takes, and where it puts them.
import { describe, expect, it } from "vitest";
import { trainedSmall } from "../../testing/trainedSmall.ts";
import { conceptMap, place } from "./conceptMap.ts";

describe("the map of concepts", () => {
  it("holds each concept once in each language, and shows translations coming together", async () => {
    const map = await conceptMap(await trainedSmall(), 6);
    expect(map.points).toHaveLength(6 * 3);
    expect(new Set(map.points.map(({ concept, lang }) => `${concept} ${lang}`)).size).toBe(18);
    expect(new Set(map.points.map(({ passage }) => passage)).size).toBe(18);
    const mean = (when: "before" | "now") => map.similarity.reduce((sum, one) => sum + one[when], 0) / 6;
    expect(mean("now")).toBeGreaterThan(mean("before") + 0.1); // cross-lingual batches pull them together
    for (const share of [...map.explained.before, ...map.explained.now]) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(1);
    }
  });

  it("prefers concepts that more languages have", async () => {
    const map = await conceptMap(await trainedSmall((concept, lang) => concept % 2 === 0 && lang === 2), 8);
    expect(map.points.filter(({ lang }) => lang === 2)).toHaveLength(8); // the eight odd ones, all with Thai
  });

  it("says when there is nothing to compare", async () => {
    await expect(
      conceptMap(await trainedSmall((concept, lang) => concept % 3 !== lang, false), 8),
    ).rejects.toThrow("two concepts that are told in two languages");
  });
});

describe("places", () => {
  const vector = (...values: number[]) => Float32Array.from(values);

  it("are the coordinates along the directions of largest variance, one basis for both sets", () => {
    // about their means: before (±3, 0, 0), now (0, 0, ±1); a shift of a set changes nothing
    const before = [vector(13, 5, 5), vector(7, 5, 5)];
    const now = [vector(0, 0, 1), vector(0, 0, -1)];
    const { before: b, now: n, explained } = place(before, now);
    expect(b.map(([x, y]) => [Math.abs(x), Math.abs(y)])).toEqual([
      [expect.closeTo(3, 5), expect.closeTo(0, 5)],
      [expect.closeTo(3, 5), expect.closeTo(0, 5)],
    ]);
    expect(n.map(([x, y]) => [Math.abs(x), Math.abs(y)])).toEqual([
      [expect.closeTo(0, 5), expect.closeTo(1, 5)],
      [expect.closeTo(0, 5), expect.closeTo(1, 5)],
    ]);
    expect(explained.before).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
    expect(explained.now).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
  });

  it("of equal vectors are refused", () => {
    const same = [vector(1, 0), vector(1, 0)];
    expect(() => place(same, same)).toThrow("all vectors are alike");
  });
});
