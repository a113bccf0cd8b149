// What a row of the metric table holds. Holds no metric itself.
import type { Age } from "../age.ts";

/** Which passages a query is ranked among: its own language's, those of one other language at a time, or all. */
export type Pool = "mono" | "cross" | "multi";

/** What a measure sees of one query in one pool. */
export interface SeenRanks {
  readonly ranks: ArrayLike<number>; // of the relevant passages, ascending, from 1: the first `nRelevant` entries
  readonly nRelevant: number; // R >= 1
  readonly grades: Uint8Array; // of the passages at those ranks, from 1
  readonly topShare: number; // of the query's language in the best min(10, N) of the pool of all languages
}

/** @returns undefined where the query has no value: it is then left out of the mean */
export type QueryMeasure = (seen: SeenRanks) => number | undefined;

/** How far two devices may drift apart: by a fixed difference, or by a share of the value (of 1 for values below). */
export type Tolerance = { readonly absolute: number } | { readonly relative: number };

/** How a value is written: a score as .412, a share as 9.1 %, ranks as 1,234, all else as it is. */
export type Scale = "score" | "share" | "ranks" | "other";

/**
 * Where a metric is shown, most places first. `list`: wherever there is room for four numbers (list of runs, seeds, lines
 * of progress, links, a model's card). `table`: tables of results. `order`: runs can be sorted by it. `summary`: a run
 * is known by it, as one of several seeds.
 */
export type Place = "list" | "table" | "order" | "summary";

/** A tile among the key numbers of a run. */
export interface Tile {
  readonly head: string;
  readonly unit: string;
  readonly meaning: string;
}

/** What the final evaluation measures. */
export interface Measured {
  readonly pool: Pool;
  /** The number is the mean of this over queries, then over languages. Left out: it is none of single queries. */
  readonly ofQuery?: QueryMeasure;
  /** What is kept besides the mean: nothing, that of each language, or the values of queries too (for intervals). */
  readonly kept: "mean" | "language" | "query";
  /** The mean over queries in x is kept for the pool of each y, x itself among them (`EvalResult.pairs`). */
  readonly pairs?: true;
}

export interface MetricRow extends Partial<Measured> {
  readonly label: string; // in titles, tables and sentences: "Mo mAP"
  readonly short?: string; // where there is room for a few letters: "Mo"
  readonly plain?: string; // for whoever knows no metric: "Same language"
  readonly spelled?: string; // for whoever knows metrics and not the lab: "mAP, query and pool in one language"
  readonly what: string; // its line in docs/metrics.md
  readonly help?: string; // one or two plain sentences, on the page
  readonly tile?: Tile;
  readonly shown?: readonly Place[];
  readonly unit: string; // as in docs/metrics.md
  readonly scale: Scale;
  readonly better: "higher" | "lower" | "neither";
  readonly tolerance: Tolerance;
  readonly since: Age; // older records do not have it, and no digest of theirs covers it
}

/** A row with its path. `<kind>` and `<what>` in a path stand for any name. */
export interface Metric extends MetricRow {
  readonly path: string;
}

/** A metric of the final evaluation. */
export type EvalMetric = Metric & Measured;
