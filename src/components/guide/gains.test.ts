// What a newcomer's guess is held against.
import { describe, expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { newRun, type Run } from "../../state/run/run.ts";
import { gainsOf } from "./gains.ts";

const point = (step: number, lang: string, value: number) => ({ step, metric: "map/cross", lang, value });

describe("gains", () => {
  it("are the last value less the first, largest first, of languages that were measured twice", () => {
    const points = appendPoints(NO_POINTS, [
      { step: 0, metric: "map/cross", value: 0.25 },
      point(0, "de", 0.5),
      point(0, "th", 0.25),
      point(0, "el", 0.75),
      point(0, "vi", 0),
      point(20, "de", 0.875),
      point(20, "th", 0.5),
      point(20, "el", 0.5),
      point(40, "de", 0.625),
      point(40, "th", 0.75),
      point(40, "el", 0.625),
    ]);
    const init = { id: "a", name: "A", colour: 0, createdAt: 0, presetName: "hybrid" };
    const run: Run = { ...newRun({ ...init, spec: DEFAULT_SPEC }), detail: { state: "loaded", points } };
    expect(gainsOf(run)).toEqual([
      { lang: "th", gain: 0.5 },
      { lang: "de", gain: 0.125 },
      { lang: "el", gain: -0.125 },
    ]);
    expect(gainsOf(undefined)).toEqual([]);
  });
});
