// What one measurement of `npm run bench` reports. Holds no measurement.

/** One row of bench/results.json. `ratio` = value / baselineValue, both from the same process run. */
export interface CaseResult {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly baseline: string; // what it is held against, in words
  readonly baselineValue: number;
  readonly ratio: number;
  readonly target: string; // "ratio <= 1", in words a test could read
  readonly met: boolean;
  readonly note?: string;
}

export interface Case {
  readonly name: string;
  readonly about: string;
  run(): Promise<CaseResult[]>;
}

/** A ceiling: met when value <= limit. */
export function ceiling(
  row: Omit<CaseResult, "ratio" | "met" | "target" | "baseline" | "baselineValue"> & {
    limit: number;
    limitName: string;
  },
): CaseResult {
  const { limit, limitName, ...rest } = row;
  const ratio = rest.value / limit;
  return { ...rest, baseline: limitName, baselineValue: limit, ratio, target: "ratio <= 1", met: ratio <= 1 };
}

/** A speed-up: met when the baseline takes at least `times` as long. */
export function speedUp(row: Omit<CaseResult, "ratio" | "met" | "target"> & { times: number }): CaseResult {
  const { times, ...rest } = row;
  const ratio = rest.value / rest.baselineValue;
  return { ...rest, ratio, target: `ratio <= 1/${times}`, met: ratio <= 1 / times };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const mid = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[mid]! : (sorted[mid - 1]! + sorted[mid]!) / 2;
};

/** Wall seconds of `work`. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
