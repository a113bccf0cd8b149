import { describe, expect, it } from "vitest";
import { handResult, handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "./analyse.ts";

const CROSS = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
const result = handResult({
  cross: CROSS,
  "mono-20": CROSS.map((value, i) => value + [0.02, 0.03, 0.02, 0.03, 0.02, 0.03][i]!),
  "mono-50": CROSS,
});

describe("analyse", () => {
  it("holds each cell against the control, paired by seed", () => {
    const [primary] = analyse(handStudy, result).metrics;
    expect(primary!.metric).toBe("map/cross");
    const [cross, mono20] = primary!.rows;
    expect(cross).toMatchObject({ cell: "cross", n: 6, mean: 0.225 });
    expect(cross!.against).toBeUndefined();
    // differences .02 and .03: mean .025, s = sqrt(6 × .005² / 5) = .0054772, t(5) = 2.5706, half .0057480
    expect(mono20!.against).toMatchObject({ n: 6, verdict: { kind: "better" } });
    expect(mono20!.against!.mean).toBeCloseTo(0.025, 12);
    expect(mono20!.against!.low).toBeCloseTo(0.025 - 0.005748, 6);
    expect(mono20!.against!.p).toBe(2 / 2 ** 6);
  });

  it("has the primary measure first, and quality and bias always", () => {
    const primary = "ndcg@10/mono";
    const paths = analyse({ ...handStudy, primary }, result).metrics.map(({ metric }) => metric);
    expect(paths).toEqual([
      "ndcg@10/mono",
      "map/mono",
      "map/cross",
      "map/multi",
      "rankDistance",
      "sameLanguageShare",
    ]);
  });

  it("compares within a seed on one device, and names the runs left out", () => {
    const other = "1 wasm: wasm SIMD FMA";
    const mixed = result.runs.map((run) =>
      run.seed === 6 || (run.seed === 5 && run.cell === "cross") ? { ...run, device: other } : run,
    );
    const { devices, apart, complete, metrics } = analyse(handStudy, { runs: mixed, missing: [] });
    expect(devices).toEqual([
      { device: "1 wasm: wasm SIMD", seeds: [1, 2, 3, 4, 5] },
      { device: other, seeds: [6] },
    ]);
    expect(apart).toEqual(["cross.5"]);
    expect(complete).toEqual([1, 2, 3, 4, 6]);
    expect(metrics[0]!.rows[1]!.against!.n).toBe(5);
  });

  it("says which cells had as much of what as the control", () => {
    const runs = [
      handRun({ cell: "cross", seed: 1, spent: { steps: 200, crossBatches: 200, pairs: 6400 } }),
      handRun({ cell: "mono-20", seed: 1, spent: { steps: 200, crossBatches: 160, pairs: 6400 } }),
      handRun({ cell: "mono-50", seed: 1, spent: { steps: 400, crossBatches: 199, pairs: 12800 } }),
    ];
    expect(analyse(handStudy, { runs, missing: [] }).equal).toEqual([
      { budget: "steps", cells: ["cross", "mono-20"] },
      { budget: "crossBatches", cells: ["cross", "mono-50"] }, // 199 of 200
      { budget: "pairs", cells: ["cross", "mono-20"] },
    ]);
  });

  it("has low- beside high-resource languages with their difference, where the set has both", () => {
    const languages = { ...handStudy.spec.languages, eval: ["de", "yo"] }; // classes 5 and 2
    const study = { ...handStudy, spec: { ...handStudy.spec, languages } };
    const run = (cell: string, seed: number, de: number, yo: number) =>
      handRun({
        cell,
        seed,
        end: { values: {}, perLanguage: { de: { "map/cross": de }, yo: { "map/cross": yo } } },
      });
    const runs = [
      ...[0, 1, 2].map((i) => run("cross", i, 0.5, 0.25)),
      ...[0, 1, 2].map((i) => run("mono-20", i, 0.5, 0.375 + i / 8)),
    ];
    const [primary] = analyse(study, { runs, missing: [] }).metrics;
    expect(primary!.groups.map(({ name, languages: of }) => [name, of])).toEqual([
      ["low-resource", ["yo"]],
      ["high-resource", ["de"]],
    ]);
    // gaps of mono-20: −.125, 0, .125; of cross −.25 each
    expect(primary!.gaps[1]).toMatchObject({
      cell: "mono-20",
      gap: { n: 3, mean: 0 },
      against: { mean: 0.25 },
    });
    expect(analyse(handStudy, result).metrics[0]!.groups).toEqual([]); // German and English: no low-resource language
  });

  it("finds the axis of cells that differ in one share, and none where two things differ", () => {
    expect(analyse(handStudy, result).response).toEqual({
      label: "share of mono",
      at: [
        { cell: "cross", x: 0 },
        { cell: "mono-20", x: 0.2 },
        { cell: "mono-50", x: 0.5 },
      ],
    });
    const [first, second, third] = handStudy.cells;
    const cells = [first!, second!, { ...third!, changes: { ...third!.changes, steps: 600 } }];
    expect(analyse({ ...handStudy, cells }, result).response).toBeUndefined();
  });

  it("shows the start once where all cells share it", () => {
    const runs = result.runs.map((run) => ({
      ...run,
      start: { values: { "map/cross": 0.125 }, perLanguage: {} },
    }));
    const [primary] = analyse(handStudy, { runs, missing: [] }).metrics;
    expect(primary!.beside).toMatchObject([{ kind: "start", n: 6, mean: 0.125 }]);
    const apart = runs.map((run) =>
      run.cell === "mono-50" ? { ...run, start: { values: { "map/cross": 0.5 }, perLanguage: {} } } : run,
    );
    expect(analyse(handStudy, { runs: apart, missing: [] }).metrics[0]!.beside).toEqual([]);
  });
});
