// The mix that was asked for over a run, as its points and its spec tell it. Pure; draws nothing.
import { ratioAt } from "../../core/plan/ratioAt.ts";
import { findColumn, valueAt } from "../../core/record/pointColumns.ts";
import { BATCH_KINDS, eachKind, type BatchKind, type Ratio } from "../../core/spec/batchKind.ts";
import { mixRule, usedKinds } from "../../core/spec/ruleFacts.ts";
import { detailOf, type Run } from "../../state/run/run.ts";

export function latestValue(run: Run, metric: string): number | undefined {
  const column = findColumn(detailOf(run).points, metric);
  return column && column.length > 0 ? column.values[column.length - 1] : undefined;
}

const askedColumn = (run: Run, kind: BatchKind) => findColumn(detailOf(run).points, `mix/${kind}`);

/** What was asked of the batch that follows on a step: the last point, or the spec's own mix where nothing was told. */
export function askedAt(run: Run, step: number): Ratio {
  const own = ratioAt(run.spec, Math.min(step, run.spec.steps - 1));
  const told = eachKind((kind) => {
    const column = askedColumn(run, kind);
    return column && valueAt(column, step)?.value;
  });
  if (BATCH_KINDS.every((kind) => told[kind] === undefined)) return own;
  return eachKind((kind) => told[kind] ?? 0);
}

const SAMPLES = 40;

/** Runs never change: their lines are made once. */
const lines = new WeakMap<Run, readonly AskedLine[]>();

export interface AskedLine {
  readonly kind: BatchKind;
  readonly line: {
    readonly steps: readonly number[];
    readonly values: readonly number[];
    readonly length: number;
  };
}

/** One line a kind, up to where the run has come: level between decisions, along the way of a mix that moves by the step. */
export function askedLines(run: Run): readonly AskedLine[] {
  const known = lines.get(run) ?? linesOf(run);
  lines.set(run, known);
  return known;
}

function linesOf(run: Run): AskedLine[] {
  const first = run.parent?.step ?? 0;
  const columns = BATCH_KINDS.map((kind) => askedColumn(run, kind));
  const decided = [
    ...new Set(columns.flatMap((column) => (column ? Array.from(column.steps).slice(0, column.length) : []))),
  ];
  const byStep = mixRule(run.spec).observes === "nothing";
  const even = byStep
    ? Array.from({ length: SAMPLES + 1 }, (_, i) => Math.round(first + (i / SAMPLES) * (run.step - first)))
    : [];
  const beforeEach = decided.filter((step) => step > first).map((step) => step - 1);
  const steps = [...new Set([first, ...even, ...beforeEach, ...decided, run.step])]
    .filter((step) => step >= first && step <= run.step)
    .sort((a, b) => a - b);
  const mixes = steps.map((step) => askedAt(run, step));
  const kinds = BATCH_KINDS.filter(
    (kind) => usedKinds(run.spec).includes(kind) || mixes.some((mix) => mix[kind] > 0),
  );
  return kinds.map((kind) => ({
    kind,
    line: { steps, values: mixes.map((mix) => mix[kind]), length: steps.length },
  }));
}
