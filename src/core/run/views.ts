// What the page shows of a trained run: batch, its scores, answers, cosines, map, as plain data for every layer. Computes nothing.
import type { BatchKind } from "../spec/batchKind.ts";
import type { CosineCounts } from "../stats/cosineCounts.ts";

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

/** What an answer of a batch is to a question: right, wrong, or neither, being of its concept without being its own. */
export const ANSWER_ROLES = ["neither", "wrong", "right"] as const;

/** The first rows of a batch as its loss saw them, by the weights that its step began with. */
export interface BatchScores {
  readonly runId: string;
  readonly step: number; // from 0
  readonly kind: BatchKind | "mixed";
  readonly size: number; // rows in the batch
  readonly temperature: number;
  readonly taught: boolean; // a teacher's loss was added to this one
  readonly rows: readonly {
    readonly kind: BatchKind;
    readonly query: ShownText;
    readonly loss: number; // nats
    readonly weight: number; // of its loss
    readonly rest: { readonly answers: number; readonly share: number }; // wrong ones of rows that are not shown
  }[]; // n
  readonly answers: readonly { readonly row: number; readonly answer: ShownText }[]; // m, each once
  /** (n * m), row by row; shares and pulls as `core/plan/rowPull.ts` has them, over the whole batch. */
  readonly cosines: Float32Array;
  readonly shares: Float32Array;
  readonly pulls: Float32Array;
  readonly roles: Uint8Array; // index into ANSWER_ROLES
}

export interface SearchHit extends ShownText {
  readonly score: number; // cosine
  readonly rank: number; // from 1
  readonly concepts: readonly string[];
  readonly gloss?: string; // the same concept's English text, where the data has one
}

/** The same query answered by the weights before training and by the present ones. */
export interface SearchAnswer {
  readonly runId: string;
  readonly step: number; // of the present weights
  readonly before: readonly SearchHit[];
  readonly now: readonly SearchHit[];
  readonly pool: number; // passages searched
  readonly unknownPieces: number; // pieces of the query the run's vocabulary lacks
  readonly cutAt?: number; // tokens the encoder reads, where the query has more
}

/** What a question and a passage share: the meaning and not the language, the language and not the meaning, or neither. */
export const COSINE_GROUPS = ["meaning", "language", "neither"] as const;
export type CosineGroup = (typeof COSINE_GROUPS)[number];

/** Which pairs of a question and a passage are asked for; left out: of every language. */
export interface CosineChoice {
  readonly query?: string; // language
  readonly passage?: string; // language of those that do not share the question's
}

/** How near questions and passages of the evaluation are, by what they share, before training and now. */
export interface CosineView {
  readonly runId: string;
  readonly step: number; // of the present weights
  readonly choice: CosineChoice;
  readonly languages: readonly string[]; // that may be chosen
  readonly concepts: number;
  readonly questions: number; // of the choice
  readonly passages: number;
  readonly groups: Readonly<
    Record<CosineGroup, { readonly before: CosineCounts; readonly now: CosineCounts }>
  >;
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
