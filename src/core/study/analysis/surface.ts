// The surface over a study's blends, where its design carries one, with its best blend. The fit is core/study/stats/scheffe.ts's.
import { findMetric } from "../../metrics/metricTable.ts";
import type { Ratio } from "../../spec/batchKind.ts";
import { blendTerms, fitBlends, type Blend } from "../stats/scheffe.ts";
import { synergies } from "../stats/synergy.ts";
import type { Study } from "../study.ts";
import type { CellRow, Surface } from "./studyAnalysis.ts";

/** Steps of a side in which the best blend is looked for. */
const PARTS = 60;
const TERMS = blendTerms([1, 0, 0]).length;

/** A cell's shares of mono, cross and multi; undefined where it changes anything else. */
function blendOf({ changes }: Study["cells"][number]): Blend | undefined {
  const ratio = changes["batch.ratio"] as Ratio | undefined;
  if (!ratio || Object.keys(changes).length > 1 || ratio.mixedMono > 0) return undefined;
  return [ratio.mono, ratio.cross, ratio.multi];
}

/** @returns undefined where the study is no mixture, too few cells have two seeds in common, or all seeds find the same */
export function surfaceOf(study: Study, metric: string, rows: readonly CellRow[]): Surface | undefined {
  if (!study.mixture) return undefined;
  const cells = rows.flatMap((row) => {
    const cell = study.cells.find(({ name }) => name === row.cell);
    const blend = cell && blendOf(cell);
    return blend ? [{ blend, seeds: row.seeds }] : [];
  });
  const shared = study.seeds.filter((seed) =>
    cells.every(({ seeds }) => seeds.some((one) => one.seed === seed)),
  );
  if (cells.length < TERMS || shared.length < 2) return undefined;
  const fit = fitBlends(
    cells.map(({ blend }) => blend),
    cells.map(({ seeds }) => shared.map((seed) => seeds.find((one) => one.seed === seed)!.value)),
  );
  if (fit.error === 0) return undefined;
  const lessIsBetter = findMetric(metric)?.better === "lower";
  const { b, se, error, df, lackOfFit } = fit;
  const blends = Array.from({ length: PARTS + 1 }, (_, i) =>
    Array.from({ length: PARTS + 1 - i }, (__, j): Blend => [i / PARTS, j / PARTS, (PARTS - i - j) / PARTS]),
  ).flat();
  const best = blends
    .map((blend) => ({ blend, ...fit.predict(blend) }))
    .reduce((a, c) => ((lessIsBetter ? c.value < a.value : c.value > a.value) ? c : a));
  return {
    b,
    se,
    error,
    df,
    seeds: shared.length,
    ...(lackOfFit && { lackOfFit }),
    best,
    synergies: synergies(fit, lessIsBetter),
  };
}
