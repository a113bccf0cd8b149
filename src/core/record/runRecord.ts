// The record of a finished run or evaluation: what was asked, where it ran, every number, and their digest.
import type { Age } from "../age.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import type { Trajectory } from "../spec/decision.ts";
import type { Parent } from "../spec/lineage.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import type { Baselines } from "./baselines.ts";
import type { Engine } from "./engine.ts";
import { writtenFinalTest, type FinalTest } from "./finalTest.ts";
import { writtenFinal } from "./finalForm.ts";
import type { Point } from "./point.ts";

export const RUN_SCHEMA = "hybrid-batch-lab/run@1";

export interface Environment {
  readonly backend: "webgpu" | "wasm" | "cpu";
  readonly adapter: string;
  readonly versions: Readonly<Record<string, string>>;
  /** As arithmetic.ts counts; records before age 3 lack it. */
  readonly arithmetic?: number;
  /** Dataset id -> its manifest's sha256. */
  readonly dataSha256: Readonly<Record<string, string>>;
  /** Of the encoder's starting weights' description: tokenizer hash for `random`, file hash for a checkpoint. */
  readonly encoderSha256: string;
  /** Of its tokenizer alone, which is in the hash above; older records lack it. */
  readonly tokenizerSha256?: string;
  /** The same of the teacher, where the run has one. */
  readonly teacherSha256?: string;
}

export interface RunRecord {
  readonly schema: typeof RUN_SCHEMA;
  /** The age of the lab that wrote it: which numbers it has. Records before age 3 lack it. */
  readonly format?: Age;
  readonly spec: ExperimentSpec;
  /** The run that this one branched off; absent from a run that began at its encoder. */
  readonly parent?: Parent;
  /** Batches trained by a run that was stopped before its end; records before age 3 lack it (stepsDone.ts). */
  readonly stoppedAt?: number;
  /** What rules or a hand decided of its own steps; absent where the spec says all. The same run follows from it without them. */
  readonly trajectory?: Trajectory;
  /** What trained it where that was not the lab itself, as an exported project does (since age 7). */
  readonly engine?: Engine;
  readonly environment: Environment;
  readonly points: readonly Point[];
  /** Batch kind -> batches (a batch of mixed rows counts in parts), and language -> texts trained on. */
  readonly realised: Readonly<Record<string, number>>;
  readonly final: EvalResult;
  readonly digest: string; // sha256 of digestText
  /** Made after the run's end, at a person's wish; no part of the digest. */
  readonly finalTest?: FinalTest;
  /** The same: what its numbers are held against. */
  readonly baselines?: Baselines;
}

/** A record as it stands in a file or a store: plain JSON, what `parseRunRecord` reads. */
export const writtenRecord = ({ finalTest, ...record }: RunRecord): object => ({
  ...record,
  final: writtenFinal(record.final),
  ...(finalTest && { finalTest: writtenFinalTest(finalTest) }),
});

/** `perf/…` depends on the machine's mood: it is recorded but is no part of the result. */
export const isTiming = (point: Point): boolean => point.metric.startsWith("perf/");
