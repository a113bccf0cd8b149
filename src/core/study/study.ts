// What a study is: a question, cells that differ by named changes of one spec, the seeds that run in every cell, and what
// would count as an answer. Plain data; parseStudy.ts reads it, runs follow from it (studyRuns.ts).
import type { BatchKind } from "../spec/batchKind.ts";
import type { ExperimentSpec, SpecChanges, SpecPath, SpecValue } from "../spec/spec.ts";

export const STUDY_SCHEMA = "hybrid-batch-lab/study@1";

export interface Cell {
  /** Tells the cell from its neighbours, in files too: 1 to 60 letters, digits, ".", "_" or "-". */
  readonly name: string;
  /** What people read: "mono 20 %". */
  readonly label: string;
  readonly changes: SpecChanges;
  /** A control walks the way of this cell's run of the same seed, held at its mean or backwards; it changes nothing else. */
  readonly controlOf?: string;
  readonly made?: MadeControl; // of a control
  /** The cells whose runs of the same seed give a rule its reference numbers. */
  readonly reference?: Readonly<Partial<Record<BatchKind, string>>>;
}

export type MadeControl = "mean" | "reversed";

/** One axis of a grid; several cross. */
export interface Factor {
  readonly path: SpecPath;
  readonly values: readonly SpecValue[];
}

/** Points of the triangle of mono, cross and multi (STUDIES 2). */
export type MixtureDesign =
  | { readonly kind: "lattice"; readonly parts: number } // shares 0, 1/parts, … 1
  | { readonly kind: "centroid" } // 7 cells
  | { readonly kind: "axial" }; // centroid and the three points half-way from centre to vertex: 10 cells

/** What is held equal between cells; the other two are told as they came out. */
export type Budget = "steps" | "crossBatches" | "pairs";

export const BUDGETS: Readonly<Record<Budget, string>> = {
  steps: "steps",
  crossBatches: "cross-lingual batches",
  pairs: "pairs trained on",
};

export interface Study {
  readonly schema: typeof STUDY_SCHEMA;
  readonly title: string;
  readonly question: string;
  readonly spec: ExperimentSpec; // what all cells share
  readonly cells: readonly Cell[]; // at least two, names unique; made from factors or a mixture where the file has those
  readonly factors?: readonly Factor[];
  readonly mixture?: MixtureDesign;
  readonly seeds: readonly number[]; // unique; the same in every cell
  readonly order: "balanced"; // the whole first seed before the second, cells shuffled within each
  readonly budget: Budget;
  readonly primary: string; // metric path
  readonly smallestEffect: number; // δ > 0, in units of the primary measure
  readonly controls: readonly string[]; // cell names; each cell is held against the first one
  /** Languages that are told apart beside all: by resource level, or named. */
  readonly groups?: "level" | "script" | Readonly<Record<string, readonly string[]>>;
  readonly note?: string;
  /** Numbers of seeds after which it is looked at, ascending; the last is the end. Left out: once, after all. */
  readonly looks?: readonly number[];
  /** So many of them, the last ones, were added after results had been looked at. */
  readonly addedLooks?: number;
}

/** One run of a study: a cell with one seed. */
export interface StudyRun {
  readonly cell: string;
  readonly seed: number;
  readonly spec: ExperimentSpec; // where other runs say a part of it, as far as it is known before them
  readonly fedBy?: FedBy;
}

/** What a run waits for: runs of the same seed, whose records say the rest of its spec. */
export interface FedBy {
  readonly cell: Cell; // its own
  readonly runs: readonly StudyRun[];
}

/** Of files ("runs/<cell>.<seed>.json"), store entries and queues. */
export const runKey = ({ cell, seed }: Pick<StudyRun, "cell" | "seed">): string => `${cell}.${seed}`;

/** The cell that the others are held against. */
export const controlOf = ({ controls, cells }: Pick<Study, "controls" | "cells">): string =>
  controls[0] ?? cells[0]!.name;

/** @param name of one of its cells */
export const cellNamed = ({ cells }: Pick<Study, "cells">, name: string): Cell =>
  cells.find((cell) => cell.name === name)!;

/** What people read of a cell; a control made from a rule's way that was given no label is called by its rule. */
export function cellLabel(study: Pick<Study, "cells">, name: string): string {
  const cell = study.cells.find((one) => one.name === name);
  if (cell?.made === undefined || cell.label !== name) return cell?.label ?? name;
  return `${cellLabel(study, cell.controlOf!)}, ${cell.made === "mean" ? "its mean" : "backwards"}`;
}

/** Whether a run measures the study's baselines too: one does, since they are of its test and its start. */
export const hasBaselines = (study: Study, { cell, seed }: Pick<StudyRun, "cell" | "seed">): boolean =>
  cell === controlOf(study) && seed === study.seeds[0];
