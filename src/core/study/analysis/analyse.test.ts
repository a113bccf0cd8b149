import { describe, expect, it } from "vitest";
import { handResult, handRun, handStudy } from "../../../testing/handMadeStudy.ts";
import { canonicalJson } from "../../data/canonicalJson.ts";
import { ofKinds, type Ratio } from "../../spec/batchKind.ts";
import { mixtureCells, namedCells } from "../studyCells.ts";
import type { Study } from "../study.ts";
import { NOT_RUN, type StudyResult } from "../studyResult.ts";
import { curveWords } from "../words/surfaceWords.ts";
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
    // differences .02 and .03: with six seeds, values outside of them have p 2 / 64, so that is the interval by sign flips
    expect(mono20!.against).toMatchObject({ n: 6, kind: "signFlips", verdict: { kind: "better" } });
    expect(mono20!.against!.mean).toBeCloseTo(0.025, 12);
    expect(mono20!.against!.low).toBeCloseTo(0.02, 4);
    expect(mono20!.against!.high).toBeCloseTo(0.03, 4);
    expect(mono20!.against!.p).toBe(2 / 2 ** 6);
    expect(mono20!.against!.adjusted).toBe(2 / 2 ** 6); // the other cell never differs
  });

  it("tests nothing below six seeds, nor before the planned look", () => {
    const five = { runs: result.runs.filter(({ seed }) => seed < 6), missing: [] };
    const verdictOf = (study: Study, of: StudyResult) => analyse(study, of).metrics[0]!.rows[1]!.against!;
    // mean .024, s = .0054772, half t(4) × s / sqrt 5 = 2.7764 × .0024495 = .0068
    expect(verdictOf(handStudy, five)).toMatchObject({ kind: "t", verdict: { kind: "tooFew" } });
    expect(verdictOf(handStudy, five).high).toBeCloseTo(0.0308, 4);
    expect(verdictOf({ ...handStudy, looks: [10] }, result)).toMatchObject({ verdict: { kind: "tooFew" } });
    expect(verdictOf({ ...handStudy, looks: [6, 10] }, result)).toMatchObject({
      verdict: { kind: "better" },
    });
  });

  it("ends a study at the seeds that it has where others failed, not where they are to come", () => {
    const study = { ...handStudy, seeds: [1, 2, 3, 4, 5, 6, 7] };
    const kindOf = (why: string) => {
      const missing = ["cross", "mono-20", "mono-50"].map((cell) => ({ cell, seed: 7, why }));
      return analyse(study, { runs: result.runs, missing }).metrics[0]!.rows[1]!.against!.verdict.kind;
    };
    expect(kindOf("it failed: out of memory")).toBe("better");
    expect(kindOf(NOT_RUN)).toBe("tooFew");
  });

  it("keeps a cell that lost most of its seeds from taking the others' away", () => {
    const runs = result.runs.filter(({ cell, seed }) => cell !== "mono-50" || seed < 3);
    const [, mono20, mono50] = analyse(handStudy, { runs, missing: [] }).metrics[0]!.rows;
    expect(mono20!.against).toMatchObject({ n: 6, verdict: { kind: "better" } });
    expect(mono50!.against).toMatchObject({ n: 2, verdict: { kind: "tooFew" } });
  });

  it.each([1, 0.99983, 0, 4147.1])("has a number for everything where all runs end at %d", (end) => {
    const mixture = { kind: "axial" } as const;
    const blends = namedCells(mixtureCells(mixture), handStudy.spec);
    for (const study of [handStudy, { ...handStudy, cells: blends, mixture, controls: [blends[0]!.name] }]) {
      const same = study.cells.map(({ name }) => [name, study.seeds.map(() => end)] as const);
      const analysis = analyse(study, handResult(Object.fromEntries(same)));
      expect(() => canonicalJson(analysis)).not.toThrow();
      expect(analysis.metrics[0]!.surface ?? analysis.metrics[0]!.curve).toBeUndefined();
    }
  });

  it("fits a surface to blends, with its best and what blends of two do", () => {
    const mixture = { kind: "axial" } as const;
    const cells = namedCells(mixtureCells(mixture), handStudy.spec);
    const study: Study = { ...handStudy, cells, mixture, controls: [cells[0]!.name] };
    // y = .2 mono + .3 cross + .4 multi + .8 mono·cross, and a hundredth more each seed;
    // what else a seed brings is 0 over the seeds of a cell: the cells' means lie on the surface, F for lack of fit is 0
    const valueOf = ({ mono, cross, multi }: Ratio) =>
      0.2 * mono + 0.3 * cross + 0.4 * multi + 0.8 * mono * cross;
    const surfaceResult = handResult(
      Object.fromEntries(
        cells.map(({ name, changes }, c) => [
          name,
          [0, 0.01, 0.02, 0, 0.01, 0.02].map(
            (more, s) => valueOf(changes["batch.ratio"] as Ratio) + more + (((c + s) % 3) - 1) * 1e-4,
          ),
        ]),
      ),
    );
    const { surface, synergy } = analyse(study, surfaceResult).metrics[0]!;
    expect(surface!.b[0]).toBeCloseTo(0.21, 3); // .2 and the mean of the seeds' .01
    expect(surface!.b[3]).toBeCloseTo(0.8, 2);
    expect(surface!.lackOfFit!.p).toBeGreaterThan(0.999);
    // best of mono and cross: at 1/2 + (.2 − .3) / (2 × .8) = .4375
    const [pair] = synergy!.groups[0]!.pairs;
    expect(pair!.best!.share).toBeCloseTo(0.4375, 2);
    expect(pair!.p).toBeLessThan(1e-6);
    expect(pair!.verdict.kind).toBe("beats");
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
    expect(primary!.gaps[1]).toMatchObject({ cell: "mono-20", gap: { n: 3, mean: 0 } });
    expect(primary!.gapFamilies.flatMap(({ pairs }) => pairs)).toMatchObject([
      { cell: "mono-20", other: "cross", against: { mean: 0.25, verdict: { kind: "tooFew" } } },
    ]);
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

  it("fits a parabola along one axis of four cells or more, and says where it is best", () => {
    const shares = [0, 0.2, 0.5, 1];
    const [cell] = handStudy.cells;
    const cells = shares.map((mono) => ({
      ...cell!,
      name: `mono-${mono}`,
      changes: { "batch.ratio": ofKinds({ mono, cross: 1 - mono }) },
    }));
    // .3 + .2 x - .25 x^2, best at .4; seeds .01 apart, errors of .001 that sum to 0 over two seeds
    const measured = Object.fromEntries(
      shares.map((x, i) => [
        `mono-${x}`,
        [0, 1].map((s) => 0.3 + 0.2 * x - 0.25 * x * x + 0.01 * s + (s === i % 2 ? 0.001 : -0.001)),
      ]),
    );
    const study = { ...handStudy, cells, controls: ["mono-0"] };
    const { curve } = analyse(study, handResult(measured)).metrics[0]!;
    expect(curve).toMatchObject({ label: "share of mono", seeds: 2 });
    expect(curve!.best!.x).toBeCloseTo(0.4, 9);
    expect(curve!.best!.value).toBeCloseTo(0.3 + 0.04 + 0.005, 9);
    expect(curveWords({ ...analyse(study, handResult(measured)).metrics[0]! })[0]).toMatch(
      /^A parabola along the share of mono is best near 40 %: Cr mAP \.345, standard error \.00\d \(2 seeds as blocks; lack of fit F\(1, 3\) = 0\.00, p /,
    );
    expect(analyse(handStudy, result).metrics[0]!.curve).toBeUndefined(); // three cells
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
    const [first, ...others] = runs;
    const means = { values: { [handStudy.primary]: 0.1875 }, perLanguage: {} };
    const beside = [{ ...first!, baselines: { languageMeans: means } }, ...others];
    expect(analyse(handStudy, { runs: beside, missing: [] }).metrics[0]!.beside).toMatchObject([
      { kind: "start" },
      { kind: "languageMeans", n: 1, mean: 0.1875 },
    ]);
    expect(analyse(handStudy, { runs: apart, missing: [] }).metrics[0]!.beside).toEqual([]);
  });
});
