// What the page shows of a trained run: batch, answers, map, as plain data for every layer. Computes nothing.
import type { BatchKind } from "../spec/batchKind.ts";

/** One text as it is shown to a person. */
export interface ShownText {
  readonly id: string;
  readonly lang: string;
  readonly text: string;
}

/** The batch of one step, for the grid of query language x passage language and a few readable rows. */
export interface BatchView {
  readonly step: number;
  readonly kind: BatchKind | "mixed";
  readonly languages: readonly string[]; // rows and columns of `pairs`
  readonly pairs: readonly (readonly number[])[]; // [query lang][passage lang] -> positives
  readonly rows: readonly {
    readonly kind: BatchKind;
    readonly query: ShownText;
    readonly passages: readonly ShownText[];
  }[]; // the first 12
  readonly size: number; // rows in the batch
  readonly negatives: number; // negatives a query meets, mean over rows
}

export interface SearchHit extends ShownText {
  readonly score: number; // cosine
  readonly rank: number; // from 1
  readonly concepts: readonly string[];
}

/** The same query answered by the weights before training and by the present ones. */
export interface SearchAnswer {
  readonly runId: string;
  readonly step: number; // of the present weights
  readonly before: readonly SearchHit[];
  readonly now: readonly SearchHit[];
  readonly pool: number; // passages searched
  readonly unknownPieces: number; // pieces of the query the run's vocabulary lacks
}

/** The same concepts in all languages of the evaluation pool, on a plane, by the weights before and now. */
export interface MapView {
  readonly runId: string;
  readonly step: number; // of the present weights
  readonly languages: readonly string[];
  readonly concepts: readonly {
    readonly id: string;
    readonly before: number; // mean cosine between its languages, in all dimensions
    readonly now: number;
  }[];
  readonly points: readonly {
    readonly concept: number; // index into concepts
    readonly lang: number; // index into languages
    readonly text: string;
    readonly before: readonly [x: number, y: number];
    readonly now: readonly [x: number, y: number];
  }[];
  /** Share of each set's variance along x and y, 0–1; one pair of axes for both sets. */
  readonly explained: {
    readonly before: readonly [number, number];
    readonly now: readonly [number, number];
  };
}
