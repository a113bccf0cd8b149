// What is kept of a study's runs for its analysis, and what became of those that have no result. Plain data, made from records.
import type { Values } from "../metrics/evaluation.ts";
import type { Point } from "../record/point.ts";
import type { SpecChanges } from "../spec/spec.ts";
import type { RunParts } from "../record/parts.ts";
import type { QueryValues } from "../stats/queryValues.ts";

/** Numbers of one evaluation. */
export interface Measured {
  readonly values: Values; // by metric path
  readonly perLanguage: Readonly<Record<string, Values>>;
}

/** What a run had of what cells may be held equal in. */
export interface Spent {
  readonly steps: number;
  readonly crossBatches: number; // a batch of mixed rows counts in parts
  readonly pairs: number; // trained on
}

/** What a run was made of; results of other data or another encoder are none of the same study. */
export interface Made {
  readonly lab: string; // version
  readonly data: Readonly<Record<string, string>>; // dataset id -> its manifest's sha256
  readonly encoder: string; // sha256 of the start, its tokenizer in it
  readonly tokenizer?: string; // sha256 of that alone
  readonly teacher?: string;
}

/** What stands beside a study's cells: of its test, and of the start of the run that was asked for it. */
export const BASELINES = ["bm25", "languageMeans", "shift"] as const;
export type BaselineKind = (typeof BASELINES)[number];

export interface CellRun {
  readonly cell: string;
  readonly seed: number;
  readonly digest: string; // of its record
  readonly device: string; // as makerName says it
  readonly made?: Made;
  readonly parts?: RunParts; // digests of plan, losses and metrics, by which the run made again is checked
  readonly start?: Measured; // before training
  readonly baselines?: Readonly<Partial<Record<BaselineKind, Measured>>>; // of one run a study
  /** What runs that it waited for said of its spec. */
  readonly fed?: SpecChanges;
  readonly end: Measured;
  readonly spent: Spent;
  readonly realised: Readonly<Record<string, number>>; // as in the record
  /** Of means over languages, at every evaluation; mixes drawn and, where they move, asked, and weights. */
  readonly course: readonly Point[];
  /** Of single questions at the end, where they are kept: for intervals over questions. */
  readonly queryValues?: QueryValues;
}

/** Why a run has no result that may still come. */
export const NOT_RUN = "not run yet";

export interface NoRun {
  readonly cell: string;
  readonly seed: number;
  readonly why: string; // one sentence: it failed and how, or NOT_RUN
}

export interface StudyResult {
  readonly runs: readonly CellRun[];
  readonly missing: readonly NoRun[];
}
