// The table of runs and the table of points, read back, redo what figures draw. Paired intervals are the records' (docs/metrics.md).
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { groupLanguages } from "../../core/languages/languageChoice.ts";
import { groupBy } from "../../core/groupBy.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import type { Point } from "../../core/record/point.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { pointsCsv } from "../../core/series/csv.ts";
import { seedDifference } from "../../core/series/comparedSeeds.ts";
import { groupValue } from "../../core/series/groupValue.ts";
import { BATCH_KINDS, ofKinds } from "../../core/spec/batchKind.ts";
import { parseValue } from "../../core/spec/fieldText.ts";
import { SPEC_PATHS } from "../../core/spec/fields.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import { newRun, type Run } from "../../state/run/run.ts";
import { pointsOf } from "../../state/run/runFile.ts";
import type { ChartSeries } from "../charts/chartSeries.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { comparedGroups } from "../compare/groups.ts";
import { overlaySeries } from "../compare/overlaySeries.ts";
import { overviewCsv } from "../runs/runFiles.ts";
import { groupSeries } from "./groupSeries.ts";
import { comparedLanguage, languageSeries, LOSSES, MAPS, metricSeries, mixSeries } from "./figureSeries.ts";

const METRICS = ["map/mono", "map/cross", "map/multi", "rankDistance", "sameLanguageShare"];
const LANGUAGES = ["de", "en", "sw"];

/** An invented run whose every number is another one. */
function madeRun(mono: number, seed: number): Run {
  const at = (step: number, i: number) => (mono + seed / 7 + step / 13 + i / 17) % 1;
  const points: Point[] = [0, 10, 20].flatMap((step) =>
    METRICS.flatMap((metric, i) => [
      { step, metric, value: at(step, i) },
      ...LANGUAGES.map((lang, l) => ({ step, metric, lang, value: at(step, i + l / 3) })),
    ]),
  );
  for (let step = 1; step <= 20; step++) {
    const kind = BATCH_KINDS[step % 2]!;
    points.push({ step, metric: `loss/${kind}`, kind, value: 3 + at(step, 5) });
    if (step % 10 === 0) points.push({ step, metric: `ratio/${kind}`, kind, value: at(step, 6) });
  }
  const ratio = ofKinds({ mono, cross: 1 - mono });
  const changes = { "batch.ratio": ratio, seed, steps: 20, "languages.train": { de: 1, en: 2 } };
  const spec = Object.entries({ ...changes, "languages.heldOut": ["sw"] }).reduce(
    (made, [path, value]) => withPath(made, path as (typeof SPEC_PATHS)[number], value),
    DEFAULT_SPEC,
  );
  const id = `m${mono * 100}s${seed}`;
  const device = { backend: "wasm", adapter: "wasm", notes: [], versions: {} } as const;
  return {
    ...newRun({
      id,
      name: `mono ${mono}, seed ${seed}`,
      colour: seed,
      createdAt: 0,
      spec,
      presetName: "custom",
    }),
    status: "finished",
    step: 20,
    device,
    named: true,
    summary: updateSummary({}, points),
    detail: { state: "loaded", points: appendPoints(NO_POINTS, points) },
  };
}

const rowsOf = (csv: string) => Papa.parse<Record<string, string>>(csv.trim(), { header: true }).data;

/** Runs from nothing but the two files. */
function readBack(runsText: string, pointsText: string): Run[] {
  const points = groupBy(rowsOf(pointsText), ({ id }) => id!);
  return rowsOf(runsText).map((row, i) => {
    const spec = SPEC_PATHS.reduce((made, path) => {
      const read = parseValue(path, row[path]!);
      if (!("value" in read)) throw new Error(`${path}: ${row[path]}`);
      return withPath(made, path, read.value);
    }, DEFAULT_SPEC);
    const own = points.get(row["id"]!)!.map(
      ({ step, metric, lang, kind, value }) =>
        ({
          step: Number(step),
          metric: metric!,
          value: Number(value),
          ...(lang && { lang }),
          ...(kind && { kind }),
        }) as Point,
    );
    const device = { backend: "wasm", adapter: row["backend"]!, notes: [], versions: {} } as const;
    return {
      ...newRun({ id: row["id"]!, name: row["run"]!, colour: i, createdAt: 0, spec, presetName: "custom" }),
      status: row["status"] as Run["status"],
      step: Number(row["step"]),
      device,
      named: true,
      summary: updateSummary({}, own),
      detail: { state: "loaded", points: appendPoints(NO_POINTS, own) },
    };
  });
}

/** What is drawn, without how it looks. */
const drawn = (series: readonly ChartSeries[]) =>
  series.map(({ id, label, line, band }) => ({
    id,
    label,
    line: { steps: [...line.steps].slice(0, line.length), values: [...line.values].slice(0, line.length) },
    band,
  }));

describe("figures from the two CSV files", () => {
  const runs = [0.25, 0.75].flatMap((mono) => [1, 2, 3].map((seed) => madeRun(mono, seed)));
  const again = readBack(overviewCsv(runs), pointsCsv(runs.map((run) => pointsOf(run))));
  const groups = (of: readonly Run[]) => comparedGroups([of[0]!, of[3]!], of).groups;

  it("have every setting back, and every curve: of one run, of several, of languages, of the mix", () => {
    expect(again.map(({ spec }) => spec)).toEqual(runs.map(({ spec }) => spec));
    const looks = [
      ...MAPS,
      { metric: "rankDistance", label: "", ...lineLook(3) },
      { metric: "sameLanguageShare", label: "", ...lineLook(4) },
    ];
    const figures: ((of: readonly Run[]) => ChartSeries[])[] = [
      (of) => metricSeries(of.slice(0, 1), looks),
      (of) => metricSeries(of, looks),
      (of) => metricSeries(of.slice(1, 2), LOSSES), // smoothed from single batches
      (of) => metricSeries(of, LOSSES),
      (of) => mixSeries(of.slice(0, 1)),
      (of) => languageSeries(of[2]!, "map/multi", new Set()),
      (of) => comparedLanguage(of, "map/cross", "sw"),
      (of) => groupSeries(of[2]!, "map/multi", groupLanguages(LANGUAGES, "class"), new Set(["sw"])),
      (of) => overlaySeries(groups(of), "map/cross"), // means and bands over seeds
      (of) => overlaySeries(groups(of), "map/mono", "de"),
    ];
    for (const figure of figures) {
      expect(figure(runs).length).toBeGreaterThan(0);
      expect(drawn(figure(again))).toEqual(drawn(figure(runs)));
    }
  });

  it("have the numbers of a run, of a group of seeds, and whether one group is better over seeds", () => {
    const [a, b] = groups(again);
    for (const metric of METRICS) {
      const told = rowsOf(overviewCsv(runs)).map((row) => Number(row[metric]));
      expect(told).toEqual(runs.map(({ summary }) => summary[metric]!.now));
      const valueOf = ({ summary }: Run) => summary[metric]?.now;
      expect(groupValue(a!.runs.map(valueOf))).toEqual(groupValue(runs.slice(0, 3).map(valueOf)));
      const difference = seedDifference(metric, a!.runs, b!.runs, valueOf);
      expect(difference).toBeDefined();
      expect(difference).toEqual(seedDifference(metric, runs.slice(0, 3), runs.slice(3), valueOf));
    }
  });
});
