// The sender's curves as one value of a link and back: a few points of mAP and rank distance, for a small picture. No
// verdict rests on them.

/** Each list has one value a step. */
export interface ExpectedCurve {
  readonly steps: readonly number[]; // ascending
  readonly mono: readonly number[]; // mAP, in thousandths
  readonly cross: readonly number[];
  readonly multi: readonly number[];
  readonly rankDistance: readonly number[]; // whole ranks
}

/** What this lab writes: about 250 characters. */
export const CURVE_POINTS = 12;
/** What it reads. */
const MOST_POINTS = 40;
const LISTS = ["steps", "mono", "cross", "multi", "rankDistance"] as const;

/** "0,20,40:133,150,203:…": steps, then mono, cross, multi, rank distance. */
export const formatCurve = (curve: ExpectedCurve): string =>
  LISTS.map((name) => curve[name].join(",")).join(":");

/**
 * @param lastStep of the run
 * @returns undefined where it is not as `formatCurve` writes it
 */
export function parseCurve(text: string, lastStep: number): ExpectedCurve | undefined {
  const lists = text
    .split(":")
    .map((list) => (/^\d{1,9}(,\d{1,9})*$/.test(list) ? list.split(",").map(Number) : []));
  const [steps = [], ...values] = lists;
  const [mono, cross, multi, rankDistance] = values;
  const fits =
    values.length === LISTS.length - 1 &&
    steps.length >= 2 &&
    steps.length <= MOST_POINTS &&
    values.every((list) => list.length === steps.length) &&
    steps.every((step, i) => step <= lastStep && (i === 0 || step > steps[i - 1]!)) &&
    [mono, cross, multi].every((list) => list!.every((thousandths) => thousandths <= 1000));
  return fits ? { steps, mono: mono!, cross: cross!, multi: multi!, rankDistance: rankDistance! } : undefined;
}
