// The parabola along the one factor that a study's cells differ in, and where it is best. The fit is stats/responseCurve.ts's.
import { findMetric } from "../../metrics/metricTable.ts";
import { fitCurve } from "../stats/responseCurve.ts";
import type { CellRow, Curve, ResponseAxis } from "./studyAnalysis.ts";

/** Fewer cells leave nothing to test the fit by. */
const LEAST_CELLS = 4;

/** @returns undefined without an axis, where too few of its cells have two seeds in common, and where all seeds find the same */
export function curveOf(
  axis: ResponseAxis | undefined,
  metric: string,
  rows: readonly CellRow[],
): Curve | undefined {
  const cells = (axis?.at ?? []).flatMap(({ cell, x }) => {
    const row = rows.find((one) => one.cell === cell);
    return row ? [{ x, seeds: row.seeds }] : [];
  });
  const shared = (cells[0]?.seeds ?? []).filter(({ seed }) =>
    cells.every(({ seeds }) => seeds.some((one) => one.seed === seed)),
  );
  if (!axis || new Set(cells.map(({ x }) => x)).size < LEAST_CELLS || shared.length < 2) return undefined;
  const { b, error, lackOfFit, best, predict } = fitCurve(
    cells.map(({ x }) => x),
    cells.map(({ seeds }) => shared.map(({ seed }) => seeds.find((one) => one.seed === seed)!.value)),
    findMetric(metric)?.better === "lower",
  );
  if (error === 0) return undefined;
  return {
    label: axis.label,
    seeds: shared.length,
    b,
    error,
    ...(lackOfFit && { lackOfFit }),
    ...(best !== undefined && { best: { x: best, ...predict(best) } }),
  };
}
