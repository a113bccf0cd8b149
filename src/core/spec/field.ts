// What one field of the spec may hold and how it is shown: the row type of the field table. Holds no field itself.
import type { BatchKind } from "./batchKind.ts";
import type { SpecValue } from "./spec.ts";

export type FieldGroup =
  "data" | "languages" | "batch" | "loss" | "encoder" | "optimizer" | "schedule" | "compute";

interface Shown {
  readonly key: string; // in links
  readonly group: FieldGroup;
  readonly label: string;
  readonly unit?: string;
  readonly help: string; // one or two plain sentences, read out by screen readers
  readonly advanced?: true; // folded away until asked for
}

export interface NumberField extends Shown {
  readonly type: "number";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number; // of the form's arrows; 1 also means: integers only
  readonly scale?: "log";
}
export interface ChoiceField extends Shown {
  readonly type: "choice";
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}
export interface BooleanField extends Shown {
  readonly type: "boolean";
  readonly default: boolean;
}
/** A dataset or an encoder: an id whose existence only the catalogue knows. */
export interface IdField extends Shown {
  readonly type: "id";
  readonly of: "dataset" | "encoder";
  readonly default: string;
}
/** Weights over the four batch kinds; a `ratio` is scaled to sum 1, `weights` are taken as they are. */
export interface KindsField extends Shown {
  readonly type: "ratio" | "kindWeights";
  readonly default: Readonly<Record<BatchKind, number>>;
  readonly max: number; // of one weight
}
export interface LanguageWeightsField extends Shown {
  readonly type: "languageWeights";
  readonly default: Readonly<Record<string, number>>;
  readonly max: number; // of one weight
}
export interface LanguageListField extends Shown {
  readonly type: "languageList";
  readonly default: readonly string[];
}

export type Field =
  NumberField | ChoiceField | BooleanField | IdField | KindsField | LanguageWeightsField | LanguageListField;

/** A value that was refused (the default stands) or clamped, in one sentence that names field, value and bound. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly outcome: "refused" | "clamped" | "unknown";
}

export type Checked =
  { readonly value: SpecValue; readonly problem?: Problem } | { readonly problem: Problem };
