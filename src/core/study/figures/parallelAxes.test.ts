import { describe, expect, it } from "vitest";
import { parallelAxis } from "./parallelAxes.ts";

describe("an axis of parallel coordinates", () => {
  it("has a few numbers to scale, each with its tick", () => {
    expect(parallelAxis({ label: "Batch", values: [32, 128, 64, 32, undefined] })).toEqual({
      label: "Batch",
      ticks: [
        { at: 0, value: 32 },
        { at: 1 / 3, value: 64 }, // (64 - 32) / (128 - 32)
        { at: 1, value: 128 },
      ],
      at: [0, 1, 1 / 3, 0, undefined],
    });
  });

  it("has round ticks round many numbers", () => {
    const axis = parallelAxis({ label: "Cr", values: [0.31, 0.32, 0.33, 0.34, 0.35, 0.36, 0.39] });
    expect(axis.ticks.map(({ value }) => value)).toEqual([0.3, 0.325, 0.35, 0.375, 0.4]);
    expect(axis.at[0]).toBeCloseTo(0.1, 12); // (.31 - .3) / .1
  });

  it("has words in order of first sight, and one word in the middle", () => {
    expect(parallelAxis({ label: "Loss", values: ["b", "a", "b", 3] }).at).toEqual([0, 0.5, 0, 1]);
    expect(parallelAxis({ label: "Loss", values: ["b", "b"] }).at).toEqual([0.5, 0.5]);
    expect(parallelAxis({ label: "Batch", values: [32, 32] }).ticks).toEqual([{ at: 0.5, value: 32 }]);
  });
});
