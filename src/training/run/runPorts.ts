// What a run needs from outside and what it tells: the same in a worker and in Node. Holds no behaviour.
import type { EncoderPort } from "../pretrained/startEncoder.ts";
import type { CorpusPort } from "../corpus/loadedCorpus.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import type { DownloadShelf } from "../hub/downloadShelf.ts";
import type { StartStore } from "../evaluate/startStore.ts";
import type { SnapshotStore } from "../snapshot/snapshotStore.ts";
import type { DeviceReport } from "../../core/run/device.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";

export interface RunPorts extends EncoderPort, CorpusPort {
  startDevice(choice: BackendChoice): Promise<DeviceReport>;
  readonly nowMs: () => number; // for perf/ points, and for when a snapshot is due
  readonly versions: Readonly<Record<string, string>>;
  /** Where this run's snapshots are kept; left out: nowhere. */
  readonly snapshots?: SnapshotStore;
  /** Where evaluations before training are kept, for all runs; left out: nowhere. */
  readonly starts?: StartStore;
  /** Where teachers' vectors are kept, for all runs; left out: nowhere. */
  readonly vectors?: Promise<DownloadShelf | undefined>;
}

export type RunEvent =
  | { readonly type: "device"; readonly device: DeviceReport }
  | { readonly type: "progress"; readonly progress: RunProgress }
  | { readonly type: "points"; readonly points: readonly Point[] }
  | { readonly type: "matrix"; readonly step: number; readonly matrix: RunRecord["final"]["matrix"] }
  | { readonly type: "batch"; readonly batch: Batch }
  | { readonly type: "notice"; readonly message: string }
  /** Once, instead of the evaluation before training, where the run goes on from a snapshot: all points up to its step. */
  | { readonly type: "restored"; readonly step: number; readonly points: readonly Point[] }
  /** Of a branch, before its own points: what the run it comes from told up to there, origin first. */
  | { readonly type: "trunk"; readonly points: readonly Point[] }
  | { readonly type: "snapshot"; readonly step: number } // one is kept
  /** Last, instead of `finished`: the run was left before its end. `kept`: its snapshot of this step is. */
  | { readonly type: "suspended"; readonly step: number; readonly kept: boolean }
  /** Before the first step: what the numbers of step 0 are means of. `key` names the start and its test. */
  | { readonly type: "startValues"; readonly key: string; readonly values: QueryValues }
  /** Once, before `finished`: what the record's final numbers are means of. Absent for more than MAX_KEPT_QUERIES. */
  | { readonly type: "queryValues"; readonly values: QueryValues }
  | { readonly type: "finished"; readonly reason: "completed" | "stopped"; readonly record: RunRecord };
