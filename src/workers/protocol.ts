// The whole border between the page and its workers: every request, answer and event. Holds no behaviour.
import type { Cadence } from "../core/run/cadence.ts";
import type { DeviceReport, MeasuredBackend } from "../core/run/device.ts";
import type { RunProgress } from "../core/run/progress.ts";
import { type DatasetInfo } from "../core/data/datasetInfo.ts";
import type {
  BatchScores,
  BatchView,
  CosineChoice,
  CosineView,
  MapView,
  SearchAnswer,
} from "../core/run/views.ts";
import type { EncoderInfo, KeptDownload } from "../core/encoders/encoderInfo.ts";
import type { ModelDtype } from "../core/export/modelDtypes.ts";
import type { Ratio } from "../core/spec/batchKind.ts";
import type { ExpectedMade } from "../core/spec/linkMade.ts";
import type { Course } from "../core/spec/course.ts";
import type { Point } from "../core/record/point.ts";
import type { BenchmarkReport } from "../core/record/benchmarkReport.ts";
import type { Baselines } from "../core/record/baselines.ts";
import type { FinalTest } from "../core/record/finalTest.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import type { Outcome } from "../core/backup/restoreReport.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import type { StudyAnalysis } from "../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../core/study/study.ts";
import type { StudyResult } from "../core/study/studyResult.ts";
import type { CatalogEntry } from "../core/data/catalog.ts";
import type { GivenSummary, ImportChoices } from "../core/collections/importChoices.ts";
import type { Manifest } from "../core/data/manifest.ts";
import type { PreviewPair } from "../core/data/records.ts";
import type { UnfinishedDownload } from "../core/data/unfinishedDownload.ts";

/** A hash of the source that page and workers share, so that no change of the border can be forgotten here. */
export const PROTOCOL_VERSION = String(import.meta.env["VITE_LAB_SOURCE"] ?? "unbuilt");

/**
 * An error as plain data. "input" is a person's to mend, "device" and "storage" are the machine's limits: their message is
 * one clear sentence. After "device" the trainer's worker is of no more use.
 */
export interface WireError {
  readonly kind: "input" | "device" | "storage" | "internal";
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What can be done instead, where something can: the run cannot go on from its snapshot here, but branch off it. */
  readonly instead?: "branch";
}

/** The model of a run as a zip of its folder. */
export interface PackedModel {
  readonly zip: Blob;
  readonly pieces: number; // in its vocabulary
  readonly fullPieces: number; // in the vocabulary that the run's encoder began with
}

/** What the trainer is to train. */
export interface RunRequest extends Course {
  readonly runId: string;
  /** Of a branch whose parent is a run of this browser: a snapshot of it saves training its steps again. */
  readonly parentId?: string | undefined;
  readonly paused: boolean;
  /** How often a snapshot of it is kept, beside those at a pause; left out: none ever is. */
  readonly cadence?: Cadence | undefined;
  /** Goes on from the last snapshot of this run. */
  readonly goOn?: boolean;
  /** Of a result that it is held against: what goes into it and is not the same is said before it trains. */
  readonly promised?: ExpectedMade | undefined;
  /** How many times as long the page takes to draw as on a laptop; left out: once. A slow one is told less often. */
  readonly pace?: number;
}

/** A run of which this browser holds a snapshot. */
export interface KeptRun {
  readonly runId: string;
  readonly step: number; // of the newest
}

export type RunState = "preparing" | "running" | "paused";

/** What the page asks of the trainer worker; each is answered once. */
export interface TrainerRequests {
  /**
   * Connects the trainer to the data worker; must come first. `base` = the page's folder, ending in "/"; `threads` = at most
   * so many for products, left out: as many as the device has.
   */
  connect: {
    params: { version: string; base: string; hub: string; data: MessagePort; threads?: number };
    result: null;
  };
  /** Another address of the hub from now on. */
  useHub: { params: { address: string }; result: null };
  /** Starts a run, or goes on with one; an earlier one is stopped and its weights are dropped. */
  start: { params: RunRequest; result: null };
  pause: { params: { runId: string }; result: null };
  resume: { params: { runId: string }; result: null };
  /** Another mix of the run's batches, from the first one on that is not drawn yet. */
  driveMix: { params: { runId: string; ratio: Ratio }; result: null };
  /** Trains exactly one step, then pauses. */
  step: { params: { runId: string }; result: null };
  /** Keeps a snapshot after the step that is under way, if the run keeps any; "snapshot" follows. */
  keepSnapshot: { params: { runId: string }; result: null };
  /** Every run that can go on from a snapshot in this browser. */
  listSnapshots: { params: null; result: readonly KeptRun[] };
  /** Removes the snapshots of runs that need none any more. */
  forgetSnapshots: { params: { runIds: readonly string[] }; result: null };
  /** Ends the run now with a full evaluation; "finished" follows. */
  stop: { params: { runId: string }; result: null };
  /** Measures a device; refused while a run is going on. "benchmark" events tell how far it is. */
  benchmark: { params: { backend: MeasuredBackend }; result: BenchmarkReport };
  /** Ends the measurement: its request fails. */
  stopBenchmark: { params: null; result: null };
  /** Ranks the evaluation pool for a typed query, by the weights of the current or last run. */
  search: { params: { text: string; languages: readonly string[]; k: number }; result: SearchAnswer };
  /** Places at most `concepts` concepts of the evaluation pool, by the weights of the current or last run. */
  map: { params: { concepts: number }; result: MapView };
  /** Cosines of questions and passages of the evaluation, by the weights before and of the current or last run. */
  cosines: { params: CosineChoice; result: CosineView };
  /** The scores of the batch that was trained last, by the weights that its step began with. */
  batchScores: { params: { runId: string }; result: BatchScores };
  /** The weights of a run that has ended, to keep. `name` and `link` are for its README. */
  exportModel: {
    params: {
      runId: string;
      name: string;
      folder: string;
      link: string;
      dtype: ModelDtype;
      datasets: readonly Pick<Manifest, "id" | "title" | "licence" | "citation" | "source">[];
    };
    result: PackedModel;
  };
  /** A run as a Python project, zipped: what it begins with, its data and plan. `command` of the lab writes it again. */
  exportProject: { params: Course & { folder: string; command: string }; result: Blob };
  /** The weights of a run that has ended on the test part, once; the record then has it. */
  finalTest: { params: { runId: string }; result: FinalTest };
  /** What the numbers of a run that has ended are held against; the record then has it. */
  baselines: { params: { runId: string }; result: Baselines };
  /** The rankings of the evaluation by the weights of the current or last run, `depth` passages a question. */
  rankings: {
    params: { runId: string; kind: "mono" | "multi"; language: string; depth: number };
    result: RankingFiles;
  };
}

/** Rankings as files: the questions of one language in the pool of that language ("mono") or of all ("multi"). */
export interface RankingFiles {
  readonly run: Blob; // TREC: qid Q0 docid rank score tag
  readonly qrels: Blob;
}

/** How far a measurement is. */
export interface BenchmarkEvent {
  readonly type: "benchmark";
  readonly done: number; // cases
  readonly total: number;
  readonly label: string; // of the case that is being measured
}

/** What the trainer worker tells; nobody answers. */
export type TrainerEvent = AboutRun | BenchmarkEvent;

export type AboutRun =
  | { readonly type: "state"; readonly runId: string; readonly state: RunState }
  | { readonly type: "device"; readonly runId: string; readonly device: DeviceReport }
  | { readonly type: "progress"; readonly runId: string; readonly progress: RunProgress }
  | { readonly type: "points"; readonly runId: string; readonly points: readonly Point[] } // gathered, at most four a second
  | {
      readonly type: "matrix";
      readonly runId: string;
      readonly step: number;
      readonly matrix: RunRecord["final"]["matrix"];
    }
  | { readonly type: "batch"; readonly runId: string; readonly batch: BatchView } // at most two a second
  | { readonly type: "notice"; readonly runId: string; readonly message: string }
  /** The run goes on from this step: these are all its points up to there, in place of those told before. */
  | {
      readonly type: "restored";
      readonly runId: string;
      readonly step: number;
      readonly points: readonly Point[];
    }
  /** Of a branch, gathered: what the run it comes from told up to there, origin first. */
  | { readonly type: "trunk"; readonly runId: string; readonly points: readonly Point[] }
  | { readonly type: "snapshot"; readonly runId: string; readonly step: number } // one is kept
  /** What the numbers before training are means of; `key` names the start and its test. */
  | {
      readonly type: "startValues";
      readonly runId: string;
      readonly key: string;
      readonly values: QueryValues;
    }
  | { readonly type: "queryValues"; readonly runId: string; readonly values: QueryValues } // before "finished"
  | {
      readonly type: "finished";
      readonly runId: string;
      readonly reason: "completed" | "stopped";
      readonly record: RunRecord;
    }
  | { readonly type: "failed"; readonly runId: string; readonly error: WireError };

/** A dropped or chosen file with its path inside what was given, "/" between folders. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** What the page asks about encoders. */
export interface EncoderRequests {
  /** Those kept in this browser; notes say why one is not listed. */
  listEncoders: {
    params: null;
    result: { encoders: readonly EncoderInfo[]; notes: readonly string[] };
  };
  /** Reads an encoder's small files, wherever it is. */
  inspectEncoder: { params: { id: string }; result: EncoderInfo };
  /** Keeps a checkpoint's folder under a name; an older one of that name is replaced once all is well. */
  addEncoder: { params: { name: string; files: readonly GivenFile[] }; result: EncoderInfo };
  removeEncoder: { params: { name: string }; result: null };
  /** What runs have downloaded from the hub, and their teachers' vectors; empty where this browser keeps nothing. */
  listDownloads: { params: null; result: readonly KeptDownload[] };
  removeDownload: { params: { id: string }; result: null };
  /** Weights of an encoder of the page, fetched unless they are here. @returns whether they are now */
  keepWeights: { params: { name: string }; result: boolean };
}

/** What the page asks about new datasets. One is added at a time. */
export interface ImportRequests {
  /** What given files are, for a person to confirm; nothing is converted. */
  inspectFiles: { params: { files: readonly GivenFile[] }; result: GivenSummary };
  /** Converts given files into a dataset in this browser; replaces an older copy only once all is well. */
  importFiles: { params: { files: readonly GivenFile[]; choices?: ImportChoices }; result: DatasetInfo };
  /**
   * Fetches a set of the catalogue from its official addresses and converts it; goes on where an earlier one stopped.
   * Languages: those to fetch of a set that is published by language, else those to keep.
   */
  download: { params: { id: string; languages?: readonly string[] }; result: DatasetInfo };
  /** Ends the import that is under way, which then fails; what was downloaded stays. */
  cancelImport: { params: null; result: null };
  /** Removes what an unfinished download left. */
  discardDownload: { params: { id: string }; result: null };
}

/** A dataset of this browser, its shards in the manifest's order. */
export interface KeptDataset {
  readonly id: string;
  readonly title: string;
  readonly manifest: Blob;
  readonly shards: readonly Blob[];
}

/** An encoder that a person added. */
export interface KeptEncoder {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly file: Blob }[];
}

/** Under which name it is here now. */
interface RestoredName {
  readonly outcome: Outcome;
  readonly name: string;
}

/** What the page asks for a backup. */
export interface KeepRequests {
  /** Added datasets and encoders, nothing of them read; notes say what is left out. */
  listKept: {
    params: null;
    result: {
      datasets: readonly KeptDataset[];
      encoders: readonly KeptEncoder[];
      notes: readonly string[];
    };
  };
  /** Verified before it is kept; what has its name here stays. @param where names it in errors; shards in the manifest's order */
  restoreDataset: {
    params: { where: string; manifest: Blob; shards: readonly (Blob | undefined)[] };
    result: RestoredName;
  };
  restoreEncoder: { params: KeptEncoder & { where: string }; result: RestoredName };
}

/** What the page asks of the data worker. */
export interface DataRequests extends EncoderRequests, ImportRequests, KeepRequests {
  /** Comes first, and again with each trainer that takes the place of the one before. */
  connect: { params: { version: string; base: string; hub: string; trainer: MessagePort }; result: null };
  /** Another address of the hub from now on. */
  useHub: { params: { address: string }; result: null };
  /** What is here, and everything the catalogue offers. */
  list: {
    params: null;
    result: {
      datasets: readonly DatasetInfo[];
      catalog: readonly CatalogEntry[];
      notes: readonly string[];
      tokenBytes: number; // of the token cache
      unfinished: readonly UnfinishedDownload[];
    };
  };
  /** A few pairs of one language, from the start of its shards. */
  preview: { params: { id: string; lang: string }; result: readonly PreviewPair[] };
  /**
   * What there is to say of a plan before it is trained. While a person chooses, nothing of a set that is large, or lacks a
   * language; `starting`: of every one, and whether the test has its languages.
   */
  checkPlan: { params: Course & { readonly starting?: boolean }; result: PlanCheck };
  /** With the token lists made of it. */
  remove: { params: { id: string }; result: null };
}

export interface PlanCheck {
  readonly notices: readonly string[]; // languages that fall short of their shares
  readonly refusal?: string | undefined; // why it cannot be trained
}

export type DataEvent = {
  readonly type: "importing";
  readonly message: string;
  readonly progress: RunProgress;
  readonly texts?: number; // written so far, of a conversion
};

/** What the page asks of the analysis worker. */
export interface AnalysisRequests {
  analyse: {
    params: { readonly study: Study; readonly result: StudyResult };
    result: StudyAnalysis;
  };
}
