// What the store of runs holds and can do, and what its parts share. Changes nothing.
import type { Cadence } from "../../core/run/cadence.ts";
import type { RunDetail } from "../../core/record/storedRun.ts";
import type { ExpectedMade } from "../../core/spec/linkMade.ts";
import type { Course } from "../../core/spec/course.ts";
import type { Ratio } from "../../core/spec/batchKind.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { LabClient } from "../../workers/labClient.ts";
import type { TrainerEvent, WireError } from "../../workers/protocol.ts";
import type { Run } from "../run/run.ts";
import type { RunKeeper, UnreadableRun } from "../run/runKeeper.ts";
import type { RunStorage, StorageEvents } from "../run/runStorage.ts";
import type { Tabs } from "../run/tabs.ts";

/** Starting and steering the one run that the worker trains. */
export interface Steering {
  /**
   * Starts a run of any spec: of the form, of an earlier run. While one is going on it waits for the end of that, unless
   * it is to take its place; while its data is being added, for that. A spec that contradicts itself, or the run that it
   * branches off, is refused with a notice.
   */
  start(spec: ExperimentSpec, how: RunStart): Promise<void>;
  /** Goes on with a run that was cut off, from its last snapshot, once none is going on. */
  goOn(id: string): Promise<void>;
  /** Asks the run in training for another mix, from the first batch on that is not drawn yet. */
  driveMix(ratio: Ratio): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One training step, then a pause. */
  step(): Promise<void>;
  /** Ends the run after a full evaluation; while it prepares, and when asked again, at once and without one. */
  stop(): Promise<void>;
}

export interface RunStart extends Omit<Course, "spec"> {
  readonly presetName: string; // what the spec is compared with
  /** "oneStep": as if paused and stepped once as soon as it is ready. */
  readonly begin?: "running" | "oneStep";
  /** Ends the run that is going on: a person asked for that. */
  readonly instead?: boolean;
  /** Of a branch whose parent is a run of this browser. */
  readonly parentId?: string | undefined;
  /** Of the result that it is held against, where it comes from a link. */
  readonly promised?: ExpectedMade | undefined;
}

/** What is to begin later. */
export interface WaitingRun {
  readonly name: string;
  readonly course: Course; // what would be trained
}

/** Work that is no run of the list, and has the device as a run would. */
export interface OtherWork {
  readonly name: string;
  readonly words: string; // how far it is
}

/** Runs that begin when the one in training has ended, and when their data has come. */
export interface Waiting {
  dropWaiting(): void;
  /**
   * Takes the device for other work, or says anew how far that is: runs that are asked for meanwhile wait.
   * @returns false, having taken nothing, while a run is going on or waits for its turn
   */
  occupy(work: OtherWork): boolean;
  /** Whether a run waits for the device, and not for its data. */
  isWanted(): boolean;
  /** The other work has ended, or lets those that wait go first. */
  vacate(): void;
}

export interface FinalTesting {
  /** Evaluates the weights of a run that has ended on test, once, and keeps that in its record. Trouble is the notice. */
  testFinally(id: string): Promise<void>;
}

export interface BaselineMeasuring {
  /** Measures what a run that has ended is held against, and keeps that in its record. Trouble is the notice. */
  measureBaselines(id: string): Promise<void>;
}

/** Which runs are shown; what they need is read from storage, and let go again when it has not been shown for long. */
export interface Selection {
  select(id: string): void;
  /** Draws it beside the shown one; it stays where it is drawn already. */
  overlay(id: string): void;
  toggleOverlay(id: string): void;
  /** Shows these runs together and no others. */
  compare(ids: readonly string[]): void;
  /** Reads the points of a run from storage if they are not here yet. @returns the run, or undefined */
  loadDetail(id: string): Promise<Run | undefined>;
  /** Reads the points of these runs, and lets go of none of them until others are held. */
  hold(ids: readonly string[]): void;
  /** The same once, for a file: kept nowhere. @throws Error with one sentence where they cannot be read */
  readDetail(id: string): Promise<RunDetail>;
}

export interface Removal {
  /** Runs that are going on stay. */
  remove(ids: readonly string[]): void;
  undoRemove(): void;
  removeUnreadable(id: string): void;
}

export interface Labelling {
  /** An empty name gives back the one that says what sets it apart. */
  rename(id: string, name: string): void;
  toggleStar(id: string): void;
  star(ids: readonly string[], starred: boolean): void;
  /** On one run; an empty text takes it away. */
  setNote(id: string, note: string): void;
  addTag(ids: readonly string[], tag: string): void;
  removeTag(ids: readonly string[], tag: string): void;
}

export interface Importing {
  /** Adds records as runs; what is wrong with one is the notice. */
  importRuns(files: readonly File[]): Promise<void>;
}

/** The snapshots of runs, which the trainer worker keeps. Nothing here rejects: runs go on without them. */
export interface Snapshots {
  /**
   * Asks which runs can go on, and removes what no run needs any more.
   * @param ids of all runs in storage, other tabs' too; undefined where storage cannot be read: then nothing is removed
   */
  refresh(ids?: ReadonlySet<string>): Promise<void>;
  /** Keeps one of the run in training as soon as its present step is done. */
  keepNow(): void;
  forget(ids: readonly string[]): void;
}

export interface RunsState
  extends Steering, Waiting, Selection, Removal, Labelling, Importing, FinalTesting, BaselineMeasuring {
  readonly runs: readonly Run[]; // newest first
  /** The run being trained: preparing, running or paused. */
  readonly trainingId?: string | undefined;
  /** The run whose weights the worker holds, for searching: being trained, or the last one that was. */
  readonly weightsId?: string | undefined;
  /** The run whose baselines are being measured. */
  readonly measuringId?: string | undefined;
  /** The run whose final test is under way. */
  readonly testingId?: string | undefined;
  /** Started last on this page: what the training bar speaks of, also when its weights are lost. */
  readonly latestId?: string | undefined;
  /** What has the device in place of a run. */
  readonly otherWork?: OtherWork | undefined;
  /** Those that wait for its end or for their data, the next one first. */
  readonly waiting: readonly WaitingRun[];
  /** The last start that failed before its first step: no run is left of it. */
  readonly failedStart?: { readonly name: string; readonly message: string } | undefined;
  /** The run whose numbers are shown. */
  readonly selectedId?: string | undefined;
  /** Runs drawn beside it. */
  readonly overlaidIds: readonly string[];
  readonly unreadable: readonly UnreadableRun[];
  /** Deleted a moment ago; `undoRemove` brings them back. */
  readonly removed?: { readonly runs: readonly Run[]; readonly overlaidIds: readonly string[] } | undefined;
  readonly storage: "unopened" | "opening" | "open";
  /** One sentence about saving, importing or starting that a person should read. */
  readonly notice?: string | undefined;

  /** Reads the runs of earlier visits; later calls do nothing. */
  open(): Promise<void>;
  dismissNotice(): void;
  dismissFailedStart(): void;
}

/** The trainer worker as runs need it. */
export interface TrainerLink {
  /** Started at first use and again after a crash. */
  trainer(): LabClient["trainer"];
  /** Ends the trainer at once, whatever it does; a fresh one takes its place. */
  replaceTrainer(error: WireError): void;
  onTrainerEvent(listener: (event: TrainerEvent) => void): void;
  /** Told when the trainer died, was ended or lost its device: whatever ran there is lost. */
  onWorkersLost(listener: (error: WireError) => void): void;
}

/** The data that is being added to this browser, as runs need it. */
export interface DataLink {
  /** Whether the run's data is on its way: it is begun when that has come, or has come to nothing. */
  isAwaited(spec: ExperimentSpec): boolean;
  onChange(listener: () => void): void;
}

export interface RunStoreDeps {
  readonly link: TrainerLink;
  readonly openStorage: (events: StorageEvents) => Promise<RunStorage>;
  readonly holdLock: (runId: string) => () => void;
  /** As `holdLock`, unless it is held already: then undefined. */
  readonly takeLock: (runId: string) => Promise<(() => void) | undefined>;
  readonly goingElsewhere: () => Promise<ReadonlySet<string>>;
  /** Resolves once no tab trains the run any more. */
  readonly whenFree: (runId: string) => Promise<void>;
  readonly tabs: Tabs;
  readonly data: DataLink;
  /** How often snapshots are kept; undefined: never. */
  readonly cadence: () => Cadence | undefined;
  readonly pace?: () => number | undefined; // of this device, once it is known
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/** What each part of the store works with. */
export interface RunsContext {
  readonly store: {
    getState(): RunsState;
    setState(part: Partial<RunsState> | ((state: RunsState) => Partial<RunsState>)): void;
  };
  readonly deps: RunStoreDeps;
  readonly keeper: RunKeeper;
  readonly snapshots: Snapshots;
  find(id: string | undefined): Run | undefined;
  change(id: string, update: (run: Run) => Run): void;
  /** Files a run at its place. */
  add(run: Run): void;
  /**
   * Takes runs off the list and the stage; another one takes the place of the one shown.
   * @param part of the state that changes with it
   * @param insteadId the run to show then, if it is here; left out: the newest
   */
  drop(ids: readonly string[], part?: Partial<RunsState>, insteadId?: string): void;
}

export const newestFirst = (a: Run, b: Run) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
