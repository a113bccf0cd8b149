// The surface over a study's blends, where its design carries one, with its best blend. The fit is core/study/stats/scheffe.ts's.
import { findMetric } from "../../metrics/metricTable.ts";
import type { Ratio } from "../../spec/batchKind.ts";
import { isBeyondTriangle } from "../mixtureCells.ts";
import { blendTerms, fitBlends, type Blend } from "../stats/scheffe.ts";
import type { Study } from "../study.ts";
import type { SeedValue, Surface } from "./studyAnalysis.ts";

/** Steps of a side in which the best blend is looked for. */
const PARTS = 60;
const TERMS = blendTerms([1, 0, 0]).length;

/** A cell's shares of mono, cross and multi; undefined where it changes anything else. */
function blendOf({ changes }: Study["cells"][number]): Blend | undefined {
  const ratio = changes["batch.ratio"] as Ratio | undefined;
  if (!ratio || Object.keys(changes).length > 1 || isBeyondTriangle(ratio)) return undefined;
  return [ratio.mono, ratio.cross, ratio.multi];
}

/** Blends with their values in the seeds that all of them have. */
export interface BlendCells {
  readonly blends: readonly Blend[];
  readonly seeds: readonly number[];
  readonly values: readonly (readonly number[])[]; // by blend, then seed
}

/** @returns undefined where the study is no mixture, or too few cells have two seeds in common */
export function blendCells(
  study: Study,
  rows: readonly { readonly cell: string; readonly seeds: readonly SeedValue[] }[],
): BlendCells | undefined {
  if (!study.mixture) return undefined;
  const cells = rows.flatMap((row) => {
    const cell = study.cells.find(({ name }) => name === row.cell);
    const blend = cell && blendOf(cell);
    return blend ? [{ blend, seeds: row.seeds }] : [];
  });
  const seeds = study.seeds.filter((seed) =>
    cells.every(({ seeds: own }) => own.some((one) => one.seed === seed)),
  );
  if (cells.length < TERMS || seeds.length < 2) return undefined;
  return {
    blends: cells.map(({ blend }) => blend),
    seeds,
    values: cells.map(({ seeds: own }) => seeds.map((seed) => own.find((one) => one.seed === seed)!.value)),
  };
}

/** @returns undefined where there are no such cells, or all seeds find the same */
export function surfaceOf(cells: BlendCells | undefined, metric: string): Surface | undefined {
  if (!cells) return undefined;
  const fit = fitBlends(cells.blends, cells.values);
  if (fit.error === 0) return undefined;
  const lessIsBetter = findMetric(metric)?.better === "lower";
  const { b, se, error, df, lackOfFit } = fit;
  const blends = Array.from({ length: PARTS + 1 }, (_, i) =>
    Array.from({ length: PARTS + 1 - i }, (__, j): Blend => [i / PARTS, j / PARTS, (PARTS - i - j) / PARTS]),
  ).flat();
  const best = blends
    .map((blend) => ({ blend, ...fit.predict(blend) }))
    .reduce((a, c) => ((lessIsBetter ? c.value < a.value : c.value > a.value) ? c : a));
  const seeds = cells.seeds.length;
  return { b, se, error, df, seeds, ...(lackOfFit && { lackOfFit }), best };
}
