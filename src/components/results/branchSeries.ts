// How a branch stands on the charts: its parent's line up to where it leaves it, and the marks. Pure; knows no component.
import { countText } from "../words/numberText.ts";
import { findColumn, NO_POINTS, type Column } from "../../core/record/pointColumns.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { smoothedLine, type ChartSeries, type StepMark } from "../charts/chartSeries.ts";

/** Where the branches among the runs leave their parents, and the step at which a chart was read. */
export function stepMarks(runs: readonly Run[], readAt: number | undefined): StepMark[] {
  const steps = [...new Set(runs.flatMap(({ parent }) => parent?.step ?? []))];
  const branches = steps.map((step) => ({ step, label: `branch at ${countText(step)}` }));
  if (readAt === undefined || steps.includes(readAt)) return branches;
  return [...branches, { step: readAt, label: `step ${countText(readAt)}` }];
}

/** What the runs that a branch comes from told of a metric; undefined for other runs and before it is known. */
export function parentColumn(run: Run, metric: string, lang?: string): Column | undefined {
  return run.parent && findColumn(detailOf(run).trunk ?? NO_POINTS, metric, lang);
}

interface Joined {
  readonly before: Column; // of the parent, perhaps beyond the branch
  readonly after: Column | undefined; // of the branch
  readonly smooth?: boolean;
}

/** The parent's part of a branch's line: thin, up to the step at which the branch leaves it. */
export function parentPart(run: Run, own: Omit<ChartSeries, "line">, parts: Joined): ChartSeries {
  const { step } = run.parent!;
  const column = cut(parts, step);
  return {
    ...own,
    id: `${own.id}/parent`,
    label: `${own.label}, its parent`,
    dash: "2 3",
    thin: true,
    line: parts.smooth ? smoothedLine(column) : column,
    upTo: step,
  };
}

const cuts = new WeakMap<Column, Column>();

/** The points up to a step, then the branch's first one where it is of that step; the same object while nothing is new. */
function cut({ before, after, smooth = false }: Joined, step: number): Column {
  const meets = !smooth && after !== undefined && after.length > 0 && after.steps[0] === step;
  const last = meets ? step - 1 : step;
  let length = before.length;
  while (length > 0 && before.steps[length - 1]! > last) length--;
  const known = cuts.get(before);
  if (known?.length === length + Number(meets)) return known;
  const steps = [...before.steps.slice(0, length), ...(meets ? [step] : [])];
  const values = [...before.values.slice(0, length), ...(meets ? [after.values[0]!] : [])];
  const made = { ...before, steps, values, length: steps.length };
  cuts.set(before, made);
  return made;
}
