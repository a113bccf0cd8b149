import { describe, expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { SPEC_PATHS } from "../../core/spec/fields.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import type { Point } from "../../core/record/point.ts";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { newRun, type Run } from "../../state/run/run.ts";
import { listedRuns } from "../runs/listedRuns.ts";
import { overviewCsv } from "../runs/runFiles.ts";
import { listedId } from "../charts/chartSeries.ts";
import { fitting } from "../charts/lineTicks.ts";
import { runLink } from "../../state/run/runLink.ts";
import { comparedLanguage, languageSeries, LOSSES, MAPS, metricSeries, mixSeries } from "./figureSeries.ts";
import { stepMarks } from "./branchSeries.ts";
import { comparedSample, evaluationSample } from "./sampleText.ts";

function runOf(id: string, points: readonly Point[], rest: Partial<Run> = {}): Run {
  const init = {
    id,
    name: id,
    colour: 1,
    createdAt: Number(id.slice(1)),
    spec: DEFAULT_SPEC,
    presetName: "hybrid",
  };
  return {
    ...newRun(init),
    detail: { state: "loaded", points: appendPoints(NO_POINTS, points) },
    ...rest,
  };
}
const map = (step: number, value: number, lang?: string): Point => ({
  step,
  metric: "map/multi",
  value,
  ...(lang !== undefined && { lang }),
});

describe("series of a chart", () => {
  it("gives one run's metrics looks of their own, several runs colour and mark by run and dash by metric", () => {
    const a = runOf("r1", [map(0, 0.1)], { colour: 0 });
    const b = runOf("r2", [map(0, 0.1)], { colour: 4 });
    expect(metricSeries([a], MAPS)).toMatchObject([
      { label: "Mul", colour: "var(--series-3)", dash: "2 3", marker: "triangle" },
    ]);
    const both = metricSeries([a, b], MAPS, true);
    expect(both).toHaveLength(6);
    expect(both[2]).toMatchObject({ label: "r1: Mul", colour: "var(--series-1)", dash: "2 3" });
    expect(both.map(({ marker, end }) => `${end} ${marker}`)).toEqual([
      ...Array<string>(3).fill("r1 circle"),
      ...Array<string>(3).fill("r2 plus"),
    ]);
    expect(both[5]).toMatchObject({ label: "r2: Mul", colour: "var(--series-5)", dash: "2 3" });
  });

  it("draws a branch's parent up to where it leaves it, and meets it there", () => {
    const told = (points: readonly Point[]) => appendPoints(NO_POINTS, points);
    const loss = (step: number, value: number): Point => ({ step, metric: "loss/mono", value, kind: "mono" });
    const trunk = told([
      map(0, 0.1),
      map(3, 0.2),
      map(5, 0.25),
      map(8, 0.9),
      loss(1, 3),
      loss(5, 2),
      loss(6, 9),
    ]);
    const parent = { spec: DEFAULT_SPEC, step: 5, digest: "" };
    const points = told([map(5, 0.3), map(9, 0.4)]);
    const run = runOf("r1", [], { parent, detail: { state: "loaded", points, trunk } });
    const [before, own] = metricSeries([run], MAPS);
    expect(before).toMatchObject({ id: "r1/map/multi/parent", label: "Mul, its parent", upTo: 5 });
    expect([before!.line.steps, before!.line.values]).toEqual([
      [0, 3, 5],
      [0.1, 0.2, 0.3],
    ]);
    expect(own!.line.steps).toEqual([5, 9]);
    expect(metricSeries([run], MAPS)[0]!.line).toBe(before!.line); // unchanged: no redraw
    expect(listedId(before!.id)).toBe(own!.id); // hidden together
    const losses = metricSeries([run], LOSSES); // the branch has had no such batch yet
    expect(losses.map(({ id, line }) => [id, line.length])).toEqual([
      ["r1/loss/mono/parent", 2],
      ["r1/loss/mono", 0],
    ]);
    expect(stepMarks([run, run], 7)).toEqual([
      { step: 5, label: "branch at 5" },
      { step: 7, label: "step 7" },
    ]);
  });

  it("draws a run's raw loss behind the smoothed one, and says that it is smoothed", () => {
    const run = runOf("r1", [{ step: 1, metric: "loss/mono", value: 3, kind: "mono" }]);
    expect(metricSeries([run], LOSSES)).toMatchObject([
      { id: "r1/loss/mono/raw", unlisted: true, faint: true },
      { id: "r1/loss/mono", label: "Mono, smoothed" },
    ]);
    const [raw, smoothed] = metricSeries([run], LOSSES);
    expect(metricSeries([run], LOSSES)[1]!.line).toBe(smoothed!.line); // unchanged: no redraw
    expect(raw!.line.values).toEqual([3]);
  });

  it("puts held-out languages last, their marks hollow, and names them", () => {
    const run = runOf("r1", [map(0, 0.1, "el"), map(0, 0.2, "en"), map(0, 0.15)]);
    const series = languageSeries(run, "map/multi", new Set());
    expect(series.map(({ label, end, hollow }) => [label, end, hollow])).toEqual([
      ["English (en)", "English", undefined],
      ["Greek (el), held out", "Greek", true],
    ]);
    expect(comparedLanguage([run, runOf("r2", [])], "map/multi", "el")).toHaveLength(1);
  });

  it("tells nine languages apart by colour, by dash and mark, and by name", () => {
    const nine = ["ar", "de", "en", "es", "hi", "ru", "th", "tr", "zh"].map((lang) => map(0, 0.1, lang));
    const series = languageSeries(runOf("r1", nine), "map/multi", new Set());
    const different = (look: (one: (typeof series)[number]) => string | undefined) =>
      new Set(series.map(look)).size;
    expect(different(({ colour }) => colour)).toBe(9);
    expect(different(({ dash, marker }) => `${dash} ${marker}`)).toBe(9);
    expect(different(({ end }) => end)).toBe(9);
  });

  it("greys many languages but those held out or brought forward", () => {
    const codes = [
      "en",
      "de",
      "fr",
      "it",
      "pt",
      "nl",
      "sv",
      "da",
      "fi",
      "pl",
      "cs",
      "sk",
      "sl",
      "hr",
      "ro",
      "hu",
    ];
    const run = runOf(
      "r1",
      [...codes, "el"].map((lang) => map(0, 0.1, lang)),
    );
    const series = languageSeries(run, "map/multi", new Set(["fr"]));
    expect(series.filter(({ faint }) => !faint).map(({ id }) => id)).toEqual(["el", "fr"]);
    expect(series.slice(0, 3).map(({ id }) => id)).toEqual(["el", "fr", "cs"]); // a long legend begins with them
    const rows = series.map((one) => ({ one })).reverse(); // by value, say
    expect(fitting(rows, 4).map(({ one }) => one.id)).toEqual(["sv", "sl", "fr", "el"]);
  });

  it("fills shares of kinds that were not drawn with 0", () => {
    const share = (step: number, kind: string, value: number): Point => ({
      step,
      metric: `ratio/${kind}`,
      value,
    });
    const run = runOf("r1", [share(30, "mono", 1), share(60, "mono", 0.5), share(60, "cross", 0.5)]);
    expect(mixSeries([run]).map(({ line }) => line.values)).toEqual([
      [1, 0.5],
      [0, 0.5],
    ]);
  });
});

describe("what n is", () => {
  const shard = (side: string, count: number) => ({ lang: "en", side, split: "test", count });
  const datasets = [
    { id: DEFAULT_SPEC.data.train, manifest: { shards: [shard("queries", 1234), shard("passages", 4000)] } },
  ] as unknown as DatasetInfo[]; // no more of it is read

  const onTest = withPath(DEFAULT_SPEC, "data.split", "heldOut");

  it("names the part, queries, pool and seed, and that one seed has no interval", () => {
    expect(evaluationSample(runOf("r1", [], { spec: onTest }), datasets)).toBe(
      "Test: n = 1,234 queries, pool 4,000, seed 1 only: no interval.",
    );
    expect(evaluationSample(runOf("r1", []), [])).toBe("Dev, seed 1 only: no interval.");
  });

  it("calls another set than the one trained on test, whatever the part", () => {
    const spec = withPath(DEFAULT_SPEC, "data.eval", "xquad-r");
    expect(evaluationSample(runOf("r1", [], { spec }), datasets)).toMatch(/^Test, seed 1 only/);
  });

  it("says that the size of the dev part is not known before its rows are", () => {
    const train = [shard("queries", 500), shard("passages", 100)].map((one) => ({ ...one, split: "train" }));
    const { train: id } = DEFAULT_SPEC.data;
    const more = [{ id, manifest: { shards: train } }] as unknown as DatasetInfo[];
    expect(evaluationSample(runOf("r1", []), more)).toMatch(/^Dev: n ≈ 100 queries, pool 20, seed 1 only/);
  });

  it("labels evaluations that ask a subset", () => {
    const spec = withPath(onTest, "data.liveQueries", 200);
    expect(evaluationSample(runOf("r1", [], { spec }), datasets)).toContain("a subset of 200 queries");
  });

  it("warns where runs were tested on different sets", () => {
    const spec = withPath(onTest, "languages.eval", ["sw"]);
    const runs = [runOf("r1", [], { spec: onTest }), runOf("r2", [], { spec: onTest })];
    expect(comparedSample(runs, datasets)).toMatch(/^Test: n = .* in each of 2 runs/);
    expect(comparedSample([runs[0]!, runOf("r3", [], { spec })], datasets)).toContain("do not compare");
    const mixed = comparedSample([runs[0]!, runOf("r4", [])], datasets);
    expect(mixed).toMatch(/r1: test, n = .*; .*: dev, n ≈ .* do not compare/s);
  });
});

describe("the list", () => {
  const runs = [
    runOf("r1", [], { name: "Alpha 2", starred: true, summary: { "map/multi": { now: 0.2, step: 1 } } }),
    runOf("r2", [], { name: "Alpha 10", summary: { "map/multi": { now: 0.3, step: 1 } } }),
    runOf("r3", [], { name: "=Beta" }),
  ];
  const names = (...args: [string, boolean, Parameters<typeof listedRuns>[3]]) =>
    listedRuns(runs, ...args).map(({ name }) => name);

  it("finds by words and stars, and orders by what is asked", () => {
    expect(names("", false, "newest")).toEqual(["=Beta", "Alpha 10", "Alpha 2"]);
    expect(names("", false, "name")).toEqual(["=Beta", "Alpha 2", "Alpha 10"]);
    expect(names("", false, "map/multi")).toEqual(["Alpha 10", "Alpha 2", "=Beta"]);
    expect(names("alpha seed", false, "newest")).toEqual(["Alpha 10", "Alpha 2"]);
    expect(names("", true, "newest")).toEqual(["Alpha 2"]);
    const spec = { ...DEFAULT_SPEC, languages: { ...DEFAULT_SPEC.languages, eval: ["sw"] } };
    const noted = runOf("r4", [], { spec, note: "for Ann", tags: ["poster"] });
    for (const text of ["swahili", "SW", "ann poster", "temperature 0.05", "hybrid 300 steps"])
      expect(listedRuns([noted], text, false, "newest"), text).toHaveLength(1);
    expect(listedRuns([noted], "thai zulu", false, "newest")).toEqual([]);
  });

  it("goes into a table that runs nothing, and each run into a link", () => {
    const [header, , , beta] = overviewCsv(runs).split("\r\n");
    expect(beta).toMatch(/^'=Beta,hybrid,1,preparing,0,/);
    expect(header).toMatch(/^run,preset,seed,status,step,branchOf,branchStep,backend,map\/mono,/);
    expect(header).toMatch(/,id,digest,note,tags,data\.train,/);
    const absent = SPEC_PATHS.filter(
      (path) => header!.split(",").filter((name) => name === path).length !== 1,
    );
    expect(absent).toEqual([]); // every field has its column, once
    const split = beta!.split(",");
    expect(split[header!.split(",").indexOf("id")]).toBe("r3");
    expect(header).not.toContain("test/");
    expect(runLink(runs[0]!, "https://lab.example/page/#old")).toBe(
      "https://lab.example/page/#v=10&preset=hybrid",
    );
  });

  it("has the numbers of final tests last, where a run had one", () => {
    const finalTest = { values: { "map/mono": 0.5, "recall@1/mono": 0.4 }, queries: 8, pool: 24 };
    const [header, , , beta] = overviewCsv([...runs.slice(0, 2), { ...runs[2]!, finalTest }]).split("\r\n");
    const plain = overviewCsv(runs).split("\r\n")[0];
    expect(header).toBe(`${plain},test/map/mono,test/queries,test/pool`);
    expect(beta).toMatch(/,0\.5,8,24$/);
  });
});
