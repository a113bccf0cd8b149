// What a study's pictures show beside its cells: baselines where they have the measure, the same words and numbers as the card.
import { expect, it } from "vitest";
import { analyse } from "../../core/study/analysis/analyse.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { handResult, handStudy } from "../../testing/handMadeStudy.ts";
import { forests, paretoCells, paretoLines, responseGroups, triangleCells } from "./studyFigures.ts";

const CROSS = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
const values = (own: number) => ({ values: { "map/mono": own, "map/cross": 0.125 }, perLanguage: {} });
const measured = handResult({
  cross: CROSS,
  "mono-20": CROSS.map((value, i) => value + 0.02 + (i % 2) * 0.01),
  "mono-50": CROSS,
}).runs.map((run) => ({
  ...run,
  start: values(0.5),
  end: { ...run.end, values: { ...run.end.values, "map/mono": 0.75 } },
}));
const bm25 = { values: { "map/mono": 0.25 }, perLanguage: {} };
const runs = measured.map((run, i) => (i === 0 ? { ...run, baselines: { bm25 } } : run));
const analysis = analyse(handStudy, { runs, missing: [] });
const of = (path: string) => analysis.metrics.find(({ metric }) => metric === path)!;

it("draws the start and BM25 across a curve of a measure that they have", () => {
  const labels = (path: string) =>
    responseGroups(analysis, of(path))!.groups.map(({ label, seeds }) => [label, seeds[0]!.values[0]]);
  expect(labels("map/mono")).toEqual([
    ["all languages", 0.75],
    ["before training", 0.5],
    ["BM25, own language", 0.25],
  ]);
  expect(labels("map/cross").map(([label]) => label)).toEqual(["all languages", "before training"]);
});

it("draws BM25 as a line where only one of two measures is its", () => {
  const pair = ["map/mono", "map/cross"] as const;
  expect(paretoLines(analysis, pair)).toEqual([{ label: "BM25, own language", value: 0.25 }]);
  const front = { metrics: pair, cells: [] };
  expect(paretoCells(handStudy, analysis, front).flatMap((one) => (one.isBeside ? [one.label] : []))).toEqual(
    ["before training"],
  );
});

it("draws each of two starts at its own numbers", () => {
  const [cross, mono20, mono50] = handStudy.cells;
  const weak = { ...mono50!, changes: { ...mono50!.changes, "encoder.id": "distilled-weak" } };
  const study = { ...handStudy, cells: [cross!, mono20!, weak] };
  const low = { values: { "map/mono": 0.25, "map/cross": 0.0625 }, perLanguage: {} };
  const from = runs.map((run) => (run.cell === weak.name ? { ...run, start: low } : run));
  const two = analyse(study, { runs: from, missing: [] });
  const beside = paretoCells(study, two, { metrics: ["map/mono", "map/cross"], cells: [] }).filter((one) => one.isBeside);
  expect(beside.map(({ x, y }) => [x.mean, y.mean])).toEqual([[0.5, 0.125], [0.25, 0.0625]]);
  expect(new Set(beside.map(({ cell }) => cell)).size).toBe(2);
}); // prettier-ignore

it("draws a cell that changes nothing at the study's own mix, and no triangle of one that moves", () => {
  const [own, ...others] = handStudy.cells.map(({ name, label }) => ({ name, label, changes: {} }));
  const mixes = [ofKinds({ mono: 0.5, multi: 0.5 }), ofKinds({ mono: 0.25, cross: 0.75 })];
  const cells = [own!, ...others.map((cell, i) => ({ ...cell, changes: { "batch.ratio": mixes[i]! } }))];
  const spec = { ...handStudy.spec, batch: { ...handStudy.spec.batch, ratio: ofKinds({ cross: 1 }) } };
  const blends = triangleCells({ ...handStudy, spec, cells }, of("map/cross"))!.map(({ blend }) => blend);
  expect(blends).toEqual([[0, 1, 0], [0.5, 0, 0.5], [0.25, 0.75, 0]]);
  const moving = { ...spec, batch: { ...spec.batch, schedule: "linear" as const } };
  expect(triangleCells({ ...handStudy, spec: moving, cells }, of("map/cross"))).toBeUndefined();
}); // prettier-ignore

it("has a forest plot of each family, in the card's words and digits", () => {
  expect(forests(handStudy, of("map/cross")).map(({ title, rows }) => [title, rows.length])).toEqual([
    ["cells minus cross", 2],
  ]);
  expect(forests(handStudy, of("map/cross"))[0]!.rows[0]).toMatchObject({
    label: "mono-20",
    change: "+.025 [.020, .030]",
    verdict: "better",
  });
});
