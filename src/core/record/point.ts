// One number of a run at one step, the only currency between training, charts, records and files.
import type { BatchKind } from "../spec/batchKind.ts";

/**
 * `metric` is a path of metricTable.ts, such as map/mono, loss/cross or perf/pairs_per_s. Without `lang` it is the mean
 * over languages.
 */
export interface Point {
  readonly step: number;
  readonly metric: string;
  readonly value: number;
  readonly lang?: string;
  readonly kind?: BatchKind;
}
