// What a sweep says to the processes that train its runs, and they to it. Plain data.
import type { Speeds } from "../../core/encoders/encoderInfo.ts";
import type { Values } from "../../core/metrics/evaluation.ts";
import type { Cadence } from "../../core/run/cadence.ts";
import type { StudyRun } from "../../core/study/study.ts";

export type ToLane =
  | {
      readonly type: "run";
      readonly dir: string;
      readonly run: StudyRun;
      readonly checkpointEvery: Cadence;
      readonly baselines: boolean; // measured at its end
      readonly trecDepth?: number | undefined; // of rankings that are kept; left out: none are
    }
  /** The run that is going on keeps a snapshot and ends; so does the process. */
  | { readonly type: "leave" };

export type Outcome =
  | {
      readonly type: "ended";
      readonly values: Values; // at the end
      readonly seconds: number;
      readonly speeds?: Speeds;
    }
  | { readonly type: "failed"; readonly why: string } // one sentence
  | { readonly type: "left"; readonly step: number; readonly kept: boolean };

export type FromLane = Outcome | { readonly type: "notice"; readonly message: string };
