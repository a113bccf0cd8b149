// An evaluation as points of a run. Tells them to nobody.
import { evalPoints } from "../../core/record/evalPoints.ts";
import type { Point } from "../../core/record/point.ts";
import type { Evaluated } from "../evaluate/evaluateModel.ts";

/** The points of an evaluation, and of how fast it was. */
export async function measuredPoints(
  step: number,
  cuts: readonly string[],
  nowMs: () => number,
  evaluation: () => Promise<Evaluated>,
): Promise<{ readonly evaluated: Evaluated; readonly points: readonly Point[] }> {
  const startMs = nowMs();
  const evaluated = await evaluation();
  const seconds = (nowMs() - startMs) / 1000;
  const rate = evaluated.result.queries / Math.max(seconds, 1e-6);
  const speed: Point = { step, metric: "perf/eval_queries_per_s", value: rate };
  return { evaluated, points: [...evalPoints(evaluated.result, step, cuts), speed] };
}
