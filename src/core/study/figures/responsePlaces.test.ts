import { describe, expect, it } from "vitest";
import { responsePlaces } from "./responsePlaces.ts";

describe("values of a factor", () => {
  it("stand to scale from 0", () => {
    const places = responsePlaces([0, 0.1, 0.5, 1]);
    expect(places.at).toEqual([0, 0.1, 0.5, 1]);
    expect([places.ticks[0], places.ticks.at(-1), places.end]).toEqual([0, 1, 1]);
  });

  it("stand at equal distances where they are words, or grow twentyfold", () => {
    for (const values of [
      ["mean", "cls"],
      [1e-4, 1e-2],
      [-1, 1],
    ]) {
      const { at, ticks, end, valueAt } = responsePlaces(values);
      expect({ at, ticks, end }).toEqual({ at: [0.5, 1.5], ticks: [0.5, 1.5], end: 2 });
      expect(ticks.map(valueAt)).toEqual(values);
    }
    expect(responsePlaces([5, 100]).at).toEqual([5, 100]); // twenty times 5
  });
});
