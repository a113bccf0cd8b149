// The text of a measurement: numbers readable, a table that no name can break.
import { describe, expect, it } from "vitest";
import { benchmarkText, figureText } from "./benchmarkReport.ts";

describe("figures", () => {
  it.each([
    [0, "0"],
    [0.012345, "0.0123"],
    [4.5678, "4.57"],
    [1234.5, "1230"],
    [123456, "123000"],
    [0.0000123, "0.0000123"],
    [-2.5, "-2.5"],
    [Infinity, "Infinity"],
  ])("%d reads %s", (value, text) => {
    expect(figureText(value)).toBe(text);
  });
});

it("a report is a table of one line a row under the device's name", () => {
  const text = benchmarkText({
    backend: "webgpu",
    adapter: "Some | GPU",
    versions: { lab: "0.1.0" },
    rows: [
      {
        id: "step/0x128",
        label: "step | bag",
        value: 12.345,
        unit: "ms",
        least: 12,
        most: 20.04,
        rounds: 5,
        note: "64 pairs",
      },
    ],
    seconds: 3.21,
  });
  expect(text.split("\n")).toEqual([
    "Hybrid Batch Lab on webgpu, Some | GPU (lab 0.1.0); measured in 3.21 s",
    "",
    "| What | Median | Range | Rounds | |",
    "| --- | --- | --- | --- | --- |",
    "| step \\| bag | 12.3 ms | 12 to 20 | 5 | 64 pairs |",
    "",
  ]);
});
