// One number of a run at one step, the only currency between training, charts, records and files.
import type { BatchKind } from "../spec/batchKind.ts";

/**
 * `metric` is a path (docs/metrics.md): loss/<kind>, map/mono|cross|multi, recall@1/mono|cross, recall@10/multi,
 * rankDistance, sameLanguageShare, ratio/<kind>, perf/<what>. Without `lang` it is the mean over languages.
 */
export interface Point {
  readonly step: number;
  readonly metric: string;
  readonly value: number;
  readonly lang?: string;
  readonly kind?: BatchKind;
}
