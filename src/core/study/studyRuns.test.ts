import { expect, it } from "vitest";
import { trainingNeeds } from "../offline/trainingFiles.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import type { Cell } from "./study.ts";
import { cellCourses, studyRuns } from "./studyRuns.ts";

const cells: Cell[] = ["a", "b", "c", "d", "e"].map((name, i) => ({
  name,
  label: name,
  changes: { "batch.size": 16 + i },
}));
const study = { spec: DEFAULT_SPEC, cells, seeds: [3, 1, 2] };
const order = (runs: ReturnType<typeof studyRuns>) => runs.map(({ cell, seed }) => `${cell}${seed}`);

it("runs every cell with every seed, the whole first seed before the second, cells shuffled within each", () => {
  const runs = studyRuns(study);
  expect(runs.map(({ seed }) => seed)).toEqual([3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]);
  const bySeed = [0, 5, 10].map((i) => runs.slice(i, i + 5).map(({ cell }) => cell));
  for (const own of bySeed) expect([...own].sort()).toEqual(["a", "b", "c", "d", "e"]);
  expect(new Set(bySeed.map((own) => own.join(""))).size).toBe(3); // one in 120 that two are equal
  const b1 = runs.find(({ cell, seed }) => cell === "b" && seed === 1)!;
  expect(b1.spec).toEqual({ ...DEFAULT_SPEC, seed: 1, batch: { ...DEFAULT_SPEC.batch, size: 17 } });
});

it("has one order, which seeds that are added leave as it was", () => {
  expect(order(studyRuns(study))).toEqual(order(studyRuns(study)));
  const more = order(studyRuns({ ...study, seeds: [3, 1, 2, 9] }));
  expect(more.slice(0, 15)).toEqual(order(studyRuns(study)));
});

it("asks once for what all seeds of a cell read", () => {
  const courses = cellCourses(study, ["d", "b", "b"]);
  expect(courses.map(({ spec }) => spec.batch.size)).toEqual([17, 19]);
  const read = studyRuns(study).filter(({ cell }) => ["b", "d"].includes(cell));
  expect(trainingNeeds(courses)).toEqual(trainingNeeds(read));
});
