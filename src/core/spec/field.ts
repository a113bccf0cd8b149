// What one field of the spec may hold and how it is shown: the row type of the field table. Holds no field itself.
import type { Age } from "../age.ts";
import type { BatchKind } from "./batchKind.ts";
import type { Curve, KindMatrix, SpecPath, SpecValue } from "./spec.ts";

export type FieldGroup =
  "data" | "languages" | "batch" | "loss" | "encoder" | "optimizer" | "schedule" | "evaluate" | "compute";

/**
 * A row of the table. Its ages keep older links and records meaning what they meant (docs/adr/0019): neither `since`,
 * `before` nor `formerly` is ever changed once released.
 */
interface Row<Value> {
  readonly key: string; // in links
  readonly group: FieldGroup;
  readonly since: Age; // the first that had the field
  readonly default: Value;
  /** Of a field that came later: what labs did without it, so what an older link or record means. */
  readonly before?: Value;
  /** Earlier defaults, oldest first: a link older than `until` that leaves the field out means `value`. */
  readonly formerly?: readonly { readonly until: Age; readonly value: Value }[];
  /**
   * Another field and the value with which this one says nothing, so that digests pass it over. A field that came later
   * and has no such condition is passed over at `before`.
   */
  readonly silentWhile?: { readonly path: SpecPath; readonly is: SpecValue };
  readonly label: string;
  readonly unit?: string;
  readonly help: string; // one or two plain sentences, read out by screen readers
  readonly advanced?: true; // folded away until asked for
}

export interface NumberField extends Row<number> {
  readonly type: "number";
  readonly min: number;
  readonly max: number;
  readonly step: number; // of the form's arrows; 1 also means: integers only
  readonly scale?: "log";
}
export interface ChoiceField extends Row<string> {
  readonly type: "choice";
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly help?: string; // one plain sentence
  }[];
}
export interface BooleanField extends Row<boolean> {
  readonly type: "boolean";
}
/** A dataset, an encoder or a run: an id whose existence only the catalogue or the list of runs knows. */
export interface IdField extends Row<string> {
  readonly type: "id";
  readonly of: "dataset" | "encoder" | "run";
}
/** Weights over the batch kinds; a `ratio` is scaled to sum 1, `weights` are taken as they are. */
export interface KindsField extends Row<Readonly<Record<BatchKind, number>>> {
  readonly type: "ratio" | "kindWeights";
  readonly max: number; // of one weight
}
/** A number for each kind, 0 where none is given. */
export interface KindNumbersField extends Row<Readonly<Record<BatchKind, number>>> {
  readonly type: "kindNumbers";
  readonly max: number;
}
/** A number for each kind towards each. */
export interface KindMatrixField extends Row<KindMatrix> {
  readonly type: "kindMatrix";
  readonly max: number; // of its size
}
export interface CurveField extends Row<Curve> {
  readonly type: "curve";
  readonly of: "ratio" | "kindWeights"; // what its points hold
  readonly max: number; // of one weight
}
export interface LanguageWeightsField extends Row<Readonly<Record<string, number>>> {
  readonly type: "languageWeights";
  readonly max: number; // of one weight
}
export interface LanguageListField extends Row<readonly string[]> {
  readonly type: "languageList";
}

/** Measures with a cut, as paths of metrics (core/metrics/cuts.ts). */
export interface CutListField extends Row<readonly string[]> {
  readonly type: "cutList";
}

export type Field =
  | NumberField
  | ChoiceField
  | BooleanField
  | IdField
  | KindsField
  | KindNumbersField
  | KindMatrixField
  | CurveField
  | LanguageWeightsField
  | LanguageListField
  | CutListField;

/** A value that was refused (the default stands) or clamped, in one sentence that names field, value and bound. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly outcome: "refused" | "clamped" | "unknown";
}

export type Checked =
  { readonly value: SpecValue; readonly problem?: Problem } | { readonly problem: Problem };
