// What the seeds of one experiment say together over the steps: the mean line, and the 95 % interval around it. Draws nothing.
import type { Line } from "./decimate.ts";
import { LEAST_SCATTER, meanInterval } from "./interval.ts";

export interface GroupLines {
  readonly mean: Line;
  /** Of the mean, by Student's t over seeds; undefined below LEAST_SCATTER of them. */
  readonly band?: { readonly low: Line; readonly high: Line };
}

const known = new WeakMap<Line, { readonly lines: readonly Line[]; readonly made: GroupLines }>();

/**
 * At the steps at which every seed has a point: a mean over fewer would jump where one ends.
 *
 * @param lines at least one; the same result as long as all are the same objects
 */
export function groupLines(lines: readonly Line[]): GroupLines {
  const [first] = lines;
  if (!first) throw new RangeError("groupLines: no line");
  const before = known.get(first);
  if (before && before.lines.length === lines.length && before.lines.every((one, i) => one === lines[i])) {
    return before.made;
  }
  const made = lines.length === 1 ? { mean: first } : together(lines);
  known.set(first, { lines, made });
  return made;
}

function together(lines: readonly Line[]): GroupLines {
  const [first, ...others] = lines.map(valuesByStep);
  const shared = [...first!].filter(([step]) => others.every((line) => line.has(step)));
  const points = shared.map(([step, value]) => ({
    step,
    ...meanInterval([value, ...others.map((line) => line.get(step)!)])!,
  }));
  const steps = points.map(({ step }) => step);
  const line = (of: (point: (typeof points)[number]) => number): Line => ({
    steps,
    values: points.map(of),
    length: steps.length,
  });
  return {
    mean: line(({ mean }) => mean),
    ...(lines.length >= LEAST_SCATTER && {
      band: { low: line(({ mean, half }) => mean - half), high: line(({ mean, half }) => mean + half) },
    }),
  };
}

function valuesByStep({ steps, values, length }: Line): Map<number, number> {
  const found = new Map<number, number>();
  for (let i = 0; i < length; i++) found.set(steps[i]!, values[i]!);
  return found;
}
