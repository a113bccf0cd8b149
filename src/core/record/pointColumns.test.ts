import { describe, expect, it } from "vitest";
import { allPoints, appendPoints, findColumn, languageColumns, NO_POINTS, valueAt } from "./pointColumns.ts";

const at = (step: number, value: number, metric = "map/multi") => ({ step, value, metric });

describe("point columns", () => {
  it("keeps one column per metric and language", () => {
    const columns = appendPoints(NO_POINTS, [
      at(0, 0.1),
      { ...at(0, 0.2), lang: "sw" },
      { ...at(0, 0.3), lang: "en" },
      { ...at(1, 2), metric: "loss/mono", kind: "mono" },
      at(10, 0.4),
    ]);
    expect(columns.size).toBe(4);
    expect(findColumn(columns, "map/multi")).toMatchObject({ steps: [0, 10], values: [0.1, 0.4], length: 2 });
    expect(findColumn(columns, "loss/mono")?.kind).toBe("mono");
    expect(languageColumns(columns, "map/multi").map(({ lang }) => lang)).toEqual(["en", "sw"]);
    expect(findColumn(columns, "map/cross")).toBeUndefined();
  });

  it("leaves the older columns as they were, also after appending to them twice", () => {
    const first = appendPoints(NO_POINTS, [at(0, 1)]);
    const second = appendPoints(first, [at(1, 2)]);
    const other = appendPoints(first, [at(1, 9), at(2, 9)]); // a second future of the same past
    const values = (columns: typeof first) => {
      const column = findColumn(columns, "map/multi")!;
      return column.values.slice(0, column.length);
    };
    expect(values(first)).toEqual([1]);
    expect(values(second)).toEqual([1, 2]);
    expect(values(other)).toEqual([1, 9, 9]);
  });

  it("does not copy what it had: 10,000 appends share one array", () => {
    let columns = appendPoints(NO_POINTS, [at(0, 0)]);
    const { values } = findColumn(columns, "map/multi")!;
    for (let step = 1; step < 10_000; step++) columns = appendPoints(columns, [at(step, step)]);
    expect(findColumn(columns, "map/multi")!.values).toBe(values);
    expect(findColumn(columns, "map/multi")!.length).toBe(10_000);
  });

  it("finds the value at a step or at the last one before it", () => {
    const column = findColumn(appendPoints(NO_POINTS, [at(0, 5), at(20, 6), at(40, 7)]), "map/multi")!;
    expect(valueAt(column, 20)).toEqual({ step: 20, value: 6 });
    expect(valueAt(column, 39)).toEqual({ step: 20, value: 6 });
    expect(valueAt(column, 900)).toEqual({ step: 40, value: 7 });
    expect(valueAt(column, -1)).toBeUndefined();
  });

  it("gives every point back", () => {
    const points = [
      at(0, 1),
      { ...at(0, 2), lang: "sw" },
      { ...at(1, 3, "loss/cross"), kind: "cross" as const },
    ];
    expect([...allPoints(appendPoints(NO_POINTS, points))]).toEqual(points);
  });
});
