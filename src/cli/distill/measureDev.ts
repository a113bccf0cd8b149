// What a model in training makes of held-out texts, and that as words. Decides nothing by it.
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import { fullText } from "../../core/metrics/metricText.ts";
import type { EvalTask } from "../../training/evaluate/evalTask.ts";
import { evaluateModel } from "../../training/evaluate/evaluateModel.ts";
import type { Model } from "../../training/model/model.ts";

export async function measureDev(model: Model, task: EvalTask): Promise<EvalResult> {
  const { result } = await evaluateModel(model, task, { gate: () => Promise.resolve() }, () => undefined);
  return result;
}

export function devText({ values, queries }: EvalResult): string {
  const maps = EVAL_METRICS.filter(({ path }) => path.startsWith("map/"));
  const scores = maps.map((metric) => `${metric.short} ${fullText(metric, values[metric.path])}`);
  return `${scores.join("  ")}  (n = ${queries})`;
}
