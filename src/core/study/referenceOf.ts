// What a run says as the reference of a rule: each kind's loss at its end, or its dev measure. Pure; reads no store.
import { findColumn, type PointColumns } from "../record/pointColumns.ts";
import { BATCH_KINDS, kindFacts, type BatchKind } from "../spec/batchKind.ts";
import { usedKinds } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

const LAST_PART = 0.1; // of the steps: single losses are noise

interface ReferenceRun {
  readonly spec: ExperimentSpec;
  readonly step: number; // batches trained
  readonly points: PointColumns;
}

/**
 * Of the kinds that the run trained: the mean loss of the last tenth of its steps (of its last batch, where there was none
 * since), or for `dev` the last value of the kind's own measure.
 */
export function referenceOf(run: ReferenceRun, dev: boolean): Partial<Record<BatchKind, number>> {
  const { points } = run;
  const found: Partial<Record<BatchKind, number>> = {};
  for (const kind of BATCH_KINDS.filter((one) => usedKinds(run.spec).includes(one))) {
    const column = findColumn(points, dev ? kindFacts(kind).measure : `loss/${kind}`);
    if (!column || column.length === 0) continue;
    const values = Array.from(column.values).slice(0, column.length);
    const first = dev ? column.length - 1 : firstAfter(column, run.step * (1 - LAST_PART));
    const last = values.slice(Math.min(first, column.length - 1));
    found[kind] = Math.round((last.reduce((a, b) => a + b, 0) / last.length) * 1e4) / 1e4;
  }
  return found;
}

function firstAfter(
  { steps, length }: { readonly steps: ArrayLike<number>; readonly length: number },
  after: number,
) {
  let i = 0;
  while (i < length && steps[i]! <= after) i++;
  return i;
}
