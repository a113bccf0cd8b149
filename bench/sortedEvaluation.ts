// Invented evaluations ranked by sorting: the baseline of counting.
import { evaluateBySorting } from "../src/core/metrics/sortedReference.ts";
import type { EvalResult } from "../src/core/metrics/evaluation.ts";
import { EVAL_WIDTH, type EvaluationTask } from "../src/training/benchmark/evaluationTask.ts";
import { createScorer } from "../src/training/model/scorer.ts";

/** All scores at once, then every pool sorted. */
export async function evaluateBySorts({ set, queries, passages }: EvaluationTask): Promise<EvalResult> {
  const scorer = createScorer(passages, EVAL_WIDTH);
  const scores = await scorer.scores(queries);
  scorer.dispose();
  return evaluateBySorting(set, scores);
}
