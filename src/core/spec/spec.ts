// The one object that says what an experiment is. Everything that speaks of a run speaks this; see fields.ts for
// what each field means and may hold.
import type { EvalSplit } from "../metrics/evalSplit.ts";
import type { BackendChoice } from "./backend.ts";
import type { BatchKind, Ratio } from "./batchKind.ts";

export type LanguageWeights = Readonly<Record<string, number>>;
export type KindWeights = Readonly<Record<BatchKind, number>>;

/** Straight lines between points, held before the first and after the last. */
export type Curve = readonly {
  readonly at: number; // 0–1 of the run's steps, ascending
  readonly weights: KindWeights;
}[];

/** What training on the first kind does for the second. */
export type KindMatrix = Readonly<Record<BatchKind, KindWeights>>;

export interface ExperimentSpec {
  readonly data: {
    readonly train: string; // dataset id
    readonly eval: string; // dataset id, or "same" for the train set
    readonly split: EvalSplit;
    readonly liveQueries: number; // queries of an evaluation during the run; 0 = all
  };
  readonly languages: {
    readonly train: LanguageWeights;
    readonly exponent: number; // S in q ~ weight * n^S
    readonly schedule: "constant" | "all"; // of the languages and the exponent
    readonly perBatch: number; // 0 = all
    readonly heldOut: readonly string[]; // never trained on, evaluated
    readonly eval: readonly string[]; // empty = train and held-out languages
  };
  readonly batch: {
    readonly size: number;
    readonly ratio: Ratio;
    readonly unit: "batch" | "row";
    readonly schedule:
      // ruleFacts.ts says what each of them needs
      | "constant"
      | "linear"
      | "cosine"
      | "step"
      | "competence"
      | "drawn"
      | "exp3"
      | "ado"
      | "doremi"
      | "tdro"
      | "skillIt"
      | "devGap"
      | "random";
    readonly ratioEnd: Ratio; // where a ratio arrives that moves between two
    readonly curve: Curve; // of ratios, for "drawn"
    readonly positives: number; // k of `multi`
    readonly law: "existing" | "blind"; // how languages are drawn
  };
  readonly loss: {
    readonly temperature: number;
    readonly weights: KindWeights;
    readonly weighting:
      "constant" | "dwa" | "uncertainty" | "gradNorm" | "doremi" | "tdro" | "drawn" | "random";
    readonly curve: Curve; // of weights, for "drawn"
    readonly distillation: "off" | "mse" | "cosine" | "scores"; // what is compared with the teacher
    readonly distillationWeight: number; // share of the loss that is the teacher's
    readonly teacher: string; // encoder id; not used while distillation is off
  };
  readonly rule: {
    readonly every: number; // steps between decisions; 0 = at evaluations
    readonly rate: number; // 0 = the rule's own
    readonly temperature: number; // 0 = the rule's own
    readonly floor: number; // of the share of a kind that a rule moves
    readonly reference: KindWeights; // loss or dev metric by kind; 0 = not given
    readonly referenceRun: string; // whose numbers those are: 16 digits of its digest, or "none"
    readonly transfer: KindMatrix;
  };
  readonly encoder: {
    readonly id: string;
    readonly layers: number;
    readonly width: number;
    readonly pooling: "mean" | "cls";
    readonly tokenWeights: "inverseFrequency" | "uniform";
    readonly maxTokens: number;
    readonly prefixes: boolean;
    readonly frozen: "nothing" | "embeddings";
  };
  readonly optimizer: {
    readonly learningRate: number;
    readonly schedule: "constant" | "linear" | "cosine";
    readonly warmup: number; // steps
    readonly weightDecay: number;
    readonly clipNorm: number; // 0 = off
  };
  readonly evaluate: { readonly cuts: readonly string[] }; // metrics measured besides the standing ones
  readonly steps: number;
  readonly evalEvery: number; // steps; 0 = only before and after
  readonly seed: number;
  readonly compute: { readonly backend: BackendChoice };
}

type Leaf =
  string | number | boolean | readonly string[] | Ratio | LanguageWeights | KindWeights | Curve | KindMatrix;
type PathsOf<T> = {
  [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${keyof T[K] & string}`;
}[keyof T & string];

/** "data.train", "batch.ratio", "steps", …: the names of `--set` and of error messages. */
export type SpecPath = PathsOf<ExperimentSpec>;
export type SpecValue = Leaf;

/** @returns the value at `path`; total, since paths are checked by the compiler */
export function readPath(spec: ExperimentSpec, path: SpecPath): SpecValue {
  const [group, name] = path.split(".") as [keyof ExperimentSpec, string | undefined];
  const value = spec[group];
  return name === undefined ? (value as SpecValue) : (value as unknown as Record<string, SpecValue>)[name]!;
}

/** @returns a copy with `value` at `path`; the value must already have passed its field's check */
export function withPath(spec: ExperimentSpec, path: SpecPath, value: SpecValue): ExperimentSpec {
  const [group, name] = path.split(".") as [keyof ExperimentSpec, string | undefined];
  if (name === undefined) return { ...spec, [group]: value };
  return { ...spec, [group]: { ...(spec[group] as object), [name]: value } };
}

/** Fields of a spec by path. */
export type SpecChanges = Readonly<Partial<Record<SpecPath, SpecValue>>>;

/** @returns a copy with each of the changes; their values must already have passed their fields' checks */
export function withChanges(spec: ExperimentSpec, changes: SpecChanges): ExperimentSpec {
  const entries = Object.entries(changes) as [SpecPath, SpecValue][];
  return entries.reduce((now, [path, value]) => withPath(now, path, value), spec);
}
