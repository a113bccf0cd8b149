// What a run of the list says as the reference of a rule: each kind's loss at its end, or its dev measure. Pure; reads no store.
import { findColumn } from "../../core/record/pointColumns.ts";
import { BATCH_KINDS, type BatchKind } from "../../core/spec/batchKind.ts";
import { usedKinds } from "../../core/spec/ruleFacts.ts";
import { detailOf, type Run } from "../../state/run/run.ts";

const LAST_PART = 0.1; // of the steps: single losses are noise
const DEV: Readonly<Record<BatchKind, string>> = {
  mono: "map/mono",
  cross: "map/cross",
  multi: "map/multi",
  mixedMono: "map/multi",
};

/**
 * Of the kinds that the run trained: the mean loss of the last tenth of its steps (of its last batch, where there was none
 * since), or for `dev` the last value of the kind's own measure.
 */
export function referenceOf(run: Run, dev: boolean): Partial<Record<BatchKind, number>> {
  const { points } = detailOf(run);
  const found: Partial<Record<BatchKind, number>> = {};
  for (const kind of BATCH_KINDS.filter((one) => usedKinds(run.spec).includes(one))) {
    const column = findColumn(points, dev ? DEV[kind] : `loss/${kind}`);
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
