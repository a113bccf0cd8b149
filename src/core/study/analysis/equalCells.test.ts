// Cells that had as much as the control, and the study of these alone.
import { expect, it } from "vitest";
import { handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "./analyse.ts";
import { equalCells, partOf } from "./equalCells.ts";
import type { Study } from "../study.ts";

const half = { name: "half", label: "half", changes: { "batch.schedule": "dwa" as never } };
const study: Study = {
  ...handStudy,
  cells: [...handStudy.cells, half, { name: "its-mean", label: "its mean", changes: {}, controlOf: "half", made: "mean" }],
}; // prettier-ignore
/** Cross batches that each cell draws in 200 steps. */
const CROSS = { cross: 200, "mono-20": 160, "mono-50": 199, half: 150, "its-mean": 200 };
const result = {
  runs: Object.entries(CROSS).flatMap(([cell, crossBatches]) =>
    study.seeds.map((seed) =>
      handRun({
        cell,
        seed,
        spent: { steps: 200, crossBatches, pairs: 6400 },
        end: { values: { "map/cross": crossBatches / 1000 + seed / 100 }, perLanguage: {} },
      }),
    ),
  ),
  missing: [{ cell: "mono-20", seed: 7, why: "not run yet" }],
};

it("leaves out what is off by more than 1 %, and what is made from a cell that is left out", () => {
  const cells = equalCells({ study, result });
  expect(cells.get("steps")).toEqual(study.cells.map(({ name }) => name));
  expect(cells.get("crossBatches")).toEqual(["cross", "mono-50"]); // its-mean is made from half
});

it("compares these alone, in a family of their own", () => {
  const part = partOf({ study, result }, ["cross", "mono-50"], "crossBatches");
  expect(part.study).toMatchObject({ title: "How much mono: cells of equal cross-lingual batches", controls: ["cross"] });
  expect(part.result.missing).toEqual([]);
  const [primary] = analyse(part.study, part.result).metrics;
  expect(primary!.rows.map(({ cell }) => cell)).toEqual(["cross", "mono-50"]);
  expect(primary!.rows[1]!.against!.adjusted).toBe(2 / 2 ** 6); // of one pair
}); // prettier-ignore
