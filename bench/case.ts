// What one measurement of `npm run bench` reports, and how a number is held against another. Holds no measurement.

/** One row of bench/results.json. `ratio` = value / baselineValue, both from the same process run. */
export interface CaseResult {
  readonly name: string;
  readonly unit: string;
  readonly value: number | null; // null = could not be measured here; `note` says why
  readonly baseline: string; // what it is held against, in words
  readonly baselineValue: number | null;
  readonly ratio: number | null;
  readonly target: string; // "ratio <= 1", in words a test could read; "none" for a plain figure
  readonly met: boolean | null; // null = there is no target
  readonly note?: string;
}

export interface Case {
  readonly name: string;
  readonly about: string;
  readonly gpu?: boolean; // runs on webgpu, so the adapter belongs to its rows
  run(): Promise<CaseResult[]>;
}

/** A ceiling: met when value <= limit. */
export function ceiling(
  row: Pick<CaseResult, "name" | "unit" | "note"> & {
    value: number;
    limit: number;
    limitName: string;
  },
): CaseResult {
  const { limit, limitName, ...rest } = row;
  const ratio = rest.value / limit;
  return { ...rest, baseline: limitName, baselineValue: limit, ratio, target: "ratio <= 1", met: ratio <= 1 };
}

interface Compared extends Pick<CaseResult, "name" | "unit" | "baseline" | "note"> {
  readonly value: number;
  readonly baselineValue: number;
}

/** Against a baseline measured in the same run: met when value <= `most` times it. */
export function atMost(row: Compared & { readonly most: number }): CaseResult {
  const { most, ...rest } = row;
  const ratio = rest.value / rest.baselineValue;
  return { ...rest, ratio, target: `ratio <= ${most}`, met: ratio <= most };
}

/** A speed-up: met when the baseline takes at least `times` as long. */
export function speedUp(row: Compared & { readonly times: number }): CaseResult {
  const { times, ...rest } = row;
  const ratio = rest.value / rest.baselineValue;
  return { ...rest, ratio, target: `ratio <= 1/${times}`, met: ratio <= 1 / times };
}

/** A figure to read, without a target. */
export function figure(row: Compared): CaseResult {
  return { ...row, ratio: row.value / row.baselineValue, target: "none", met: null };
}

/** What could not be measured here. Never counts as met. */
export function notMeasured(
  row: Pick<CaseResult, "name" | "unit" | "baseline" | "target"> & {
    readonly value?: number;
    reason: string;
  },
): CaseResult {
  const { reason, value = null, ...rest } = row;
  return { ...rest, value, baselineValue: null, ratio: null, met: false, note: `${reason}: not measured` };
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
