// Thins a line to what a screen can show. Decides which points stay; never changes one.

/** A line over steps; entries past `length` are ignored. */
export interface Line {
  readonly steps: readonly number[]; // ascending
  readonly values: readonly number[];
  readonly length: number;
}

export interface LinePoint {
  readonly step: number;
  readonly value: number;
}

/**
 * At most `2 * buckets + 2` points: of each of `buckets` equal stretches of the step range the lowest and the
 * highest, in order of step, plus the first and the last of all. No peak is lost, unlike with every-nth thinning.
 *
 * @param buckets >= 1, about half the width in pixels
 */
export function decimateMinMax({ steps, values, length }: Line, buckets: number): LinePoint[] {
  if (!(buckets >= 1)) throw new RangeError(`decimateMinMax: buckets must be >= 1, got ${buckets}`);
  const at = (i: number): LinePoint => ({ step: steps[i]!, value: values[i]! });
  if (length <= 2 * buckets + 2) return Array.from({ length }, (_, i) => at(i));
  const start = steps[0]!;
  const width = (steps[length - 1]! - start) / buckets;
  const kept = [0];
  let low = 1;
  let high = 1;
  let bucket = -1;
  const close = () => {
    if (bucket < 0) return;
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  };
  for (let i = 1; i < length - 1; i++) {
    const here = width > 0 ? Math.min(buckets - 1, Math.floor((steps[i]! - start) / width)) : 0;
    if (here !== bucket) {
      close();
      bucket = here;
      low = high = i;
    }
    if (values[i]! < values[low]!) low = i;
    if (values[i]! > values[high]!) high = i;
  }
  close();
  kept.push(length - 1);
  return kept.map(at);
}

/**
 * Smoothed values: at each point the mean of all points of the line, each weighted by 2^(-|distance in steps| / halfLife).
 * Weights are the same on both sides, so that a slope stays where it is, and are divided by their sum, so that neither
 * the first value nor the last counts for points that are not there.
 *
 * @param halfLife > 0, in steps
 */
export function smooth({ steps, values, length }: Line, halfLife: number): Line {
  if (!(halfLife > 0)) throw new RangeError(`smooth: halfLife must be > 0, got ${halfLife}`);
  const smoothed: number[] = [];
  const weights: number[] = [];
  let [sum, weight] = [0, 0]; // of the points up to here, then of those from here
  for (let i = 0; i < length; i++) {
    const keep = i === 0 ? 0 : 2 ** ((steps[i - 1]! - steps[i]!) / halfLife);
    smoothed.push((sum = values[i]! + sum * keep));
    weights.push((weight = 1 + weight * keep));
  }
  [sum, weight] = [0, 0];
  for (let i = length - 1; i >= 0; i--) {
    const keep = i === length - 1 ? 0 : 2 ** ((steps[i]! - steps[i + 1]!) / halfLife);
    smoothed[i] = (smoothed[i]! + sum * keep) / (weights[i]! + weight * keep);
    [sum, weight] = [values[i]! + sum * keep, 1 + weight * keep];
  }
  return { steps, values: smoothed, length };
}
