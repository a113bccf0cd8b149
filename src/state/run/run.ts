// What the page knows of one run. Holds data and pure derivations; changes happen in reduceRun.ts.
import { isAutomaticName } from "../../core/naming/automaticName.ts";
import { finalTestNumbers } from "../../core/record/finalTest.ts";
import { misfitsOf } from "../../core/record/misfits.ts";
import { stepsDone } from "../../core/record/stepsDone.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { type RunDetail, type StoredRun, STORED_FORMAT } from "../../core/record/storedRun.ts";
import type { Phase, RunProgress } from "../../core/run/progress.ts";
import type { BatchView } from "../../core/run/views.ts";
import { visibleText } from "../../core/visibleText.ts";
import type { Course } from "../../core/spec/course.ts";
import { courseOfRecord } from "../../core/record/courseOfRecord.ts";
import { handDrive } from "../../core/spec/linkDrive.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import type { WireError } from "../../workers/protocol.ts";
import { NO_POINTS } from "../../core/record/pointColumns.ts";

/** How far a phase is, and since when: rate = (done - startedDone) / (updatedAt - startedAt). Times in ms. */
export interface PhaseProgress extends Omit<RunProgress, "phase"> {
  readonly startedAt: number;
  readonly startedDone: number;
  readonly updatedAt: number;
}

export type RunPhases = Readonly<Partial<Record<Phase, PhaseProgress>>>;

/** What is known of a run because it was trained in this visit; kept nowhere. */
export interface LiveRun {
  readonly phases: RunPhases;
  readonly stopRequested: boolean; // the final evaluation is still to come
  readonly batch?: BatchView; // the last one shown
}

export type LoadedDetail = RunDetail & { readonly state: "loaded" };

export type DetailState =
  | LoadedDetail
  | { readonly state: "stored" } // in storage, to be read when it is asked for
  | { readonly state: "unreadable"; readonly why: string }; // one sentence

/** What the list shows is here at once; points, record and matrices may have to be read first. */
export interface Run extends Readonly<Omit<StoredRun, "format">> {
  /** What else it differs in from the runs beside it, in a few words. */
  readonly subtitle?: string | undefined;
  readonly live?: LiveRun | undefined;
  /** Of the newest snapshot of a run that has no end yet: it can go on from there. */
  readonly snapshotStep?: number | undefined;
  /** Another tab of this browser trains it; what is here is as of its last save there. */
  readonly elsewhere?: boolean | undefined;
  readonly detail: DetailState;
}

const NOT_BEGUN: LiveRun = { phases: {}, stopRequested: false };
const NOT_HERE: RunDetail = { points: NO_POINTS };

/** The points, record and matrices of a run as far as they are here: none of a stored one. */
export function detailOf(run: Run | undefined): RunDetail {
  return run?.detail.state === "loaded" ? run.detail : NOT_HERE;
}

/** The run that a run branched off, its digest whole once that is known. */
export const parentOf = (run: Run): Parent | undefined => detailOf(run).record?.parent ?? run.parent;

/** Records stay as they are, and to look through one's points takes as long as there are points. */
const courses = new WeakMap<RunRecord, Course>();

/** What a run has trained, to be trained again: up to the step at which it was stopped. */
export function courseOfRun(run: Run): Course {
  const { record } = detailOf(run);
  if (record) {
    const course = courses.get(record) ?? courseOfRecord(record);
    courses.set(record, course);
    return course;
  }
  const { spec, parent, stopAt, trajectory = [] } = run;
  return {
    spec,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory.length > 0 && { trajectory }),
  };
}

/** The step of the last evaluation of the weights in the worker; undefined while there are none to ask. */
export function measuredStep(run: Run | undefined): number | undefined {
  const areThere = run && run.status !== "failed" && run.status !== "preparing";
  return areThere ? detailOf(run).matrix?.step : undefined;
}

export const MAX_NAME_LENGTH = 80;
export const MAX_NOTE_LENGTH = 2000;
export const MAX_TAG_LENGTH = 40;
export const MAX_TAGS = 20; // of one run

/** What a person says of a run: presentation, no part of its record. */
type Labels = Pick<StoredRun, "name" | "named" | "starred" | "note" | "tags">;
export type RunLabels = { readonly [Label in keyof Labels]?: Labels[Label] | undefined };

/** Those that are there. */
export function labelsOf({ name, named, starred, note, tags }: RunLabels): Partial<Labels> {
  return {
    ...(name !== undefined && { name }),
    ...(named !== undefined && { named }),
    ...(starred !== undefined && { starred }),
    ...(note !== undefined && { note }),
    ...(tags !== undefined && { tags }),
  };
}

/** On one line, not too long, and nothing in it that deceives; empty where nothing is left. */
export function shownName(text: string): string {
  return visibleText(text.replace(/\s+/g, " ").trim()).slice(0, MAX_NAME_LENGTH);
}

/** Labels from a file or a box, as they may be kept: nothing in them that deceives, and no more than there is room for. */
export function givenLabels({
  name,
  named,
  starred,
  note,
  tags,
}: RunLabels): RunLabels & { readonly name: string } {
  const kept = tags && [...new Set(tags.map(shownTag))].filter(Boolean).slice(0, MAX_TAGS);
  return {
    name: shownName(name ?? "") || "run",
    ...labelsOf({ named, starred, note: note && shownNote(note), tags: kept }),
  };
}

export const shownNote = (text: string): string => visibleText(text.trim()).slice(0, MAX_NOTE_LENGTH);
export const shownTag = (text: string): string => shownName(text).slice(0, MAX_TAG_LENGTH);

/** A run that a worker still holds, this tab's or another's: it has no end yet. */
export function isGoing(run: Pick<Run, "status">): boolean {
  return run.status === "preparing" || run.status === "running" || run.status === "paused";
}

/** Whole, or stopped by a person: it has a result. */
export function hasEnded(run: Pick<Run, "status">): boolean {
  return run.status === "finished" || run.status === "stopped";
}

/** What a run is called and looks like, and what it trains. */
export type RunInit = Pick<
  Run,
  | "id"
  | "name"
  | "named"
  | "colour"
  | "createdAt"
  | "spec"
  | "presetName"
  | "parent"
  | "parentId"
  | "stopAt"
  | "trajectory"
>;

export function newRun(init: RunInit): Run {
  return {
    named: false,
    ...init,
    starred: false,
    status: "preparing",
    step: init.parent?.step ?? 0,
    summary: {},
    notices: [],
    live: NOT_BEGUN,
    detail: { state: "loaded", points: NO_POINTS },
  };
}

export function toStoredRun(run: Run): StoredRun {
  const { live: _live, detail: _detail, subtitle: _, snapshotStep: _step, elsewhere: _there, ...rest } = run;
  const { error, ...stored } = rest;
  return {
    format: STORED_FORMAT,
    ...stored,
    ...(error && { error: withoutStack(error) }),
  };
}

const withoutStack = ({ kind, name, message, instead }: WireError): NonNullable<StoredRun["error"]> => ({
  kind,
  name,
  message,
  ...(instead && { instead }),
});

/**
 * A run from an earlier visit, or of another tab. What was going on then was cut off, its worker being gone, unless it is
 * alive elsewhere.
 */
export function fromStoredRun({ format: _, ...stored }: StoredRun, isElsewhere = false): Run {
  const elsewhere = isElsewhere && isGoing(stored);
  return {
    ...stored,
    name: visibleText(stored.name), // older labs took names as they came
    named: stored.named ?? !isAutomaticName(stored.name),
    status: isGoing(stored) && !elsewhere ? "interrupted" : stored.status,
    ...(elsewhere && { elsewhere }),
    detail: { state: "stored" },
  };
}

/** The run as it is about to go on after it was cut off or had failed. */
export function goingOn({ error: _, ...run }: Run): Run {
  return { ...run, status: "preparing", live: NOT_BEGUN };
}

/** The run with its points, record and matrices, which are held against each other. */
export function withDetail({ misfits: _, ...run }: Run, detail: LoadedDetail): Run {
  const { record, queryValues, startValues } = detail;
  const misfits = record ? misfitsOf({ record, queryValues, startValues }) : [];
  return {
    ...run,
    detail,
    ...(misfits.length > 0 && { misfits }),
    ...(record && { digest: record.digest }), // runs of older labs are listed without
    ...(record?.finalTest && { finalTest: finalTestNumbers(record.finalTest) }),
  };
}

/** The run without what can be read again. */
export function withoutDetail(run: Run): Run {
  return { ...run, live: undefined, detail: { state: "stored" } };
}

/** What a run's record alone says of it: what it drove by hand, on which device. */
export function toldByRecord({ spec, trajectory, environment, digest }: RunRecord) {
  const { backend, adapter, versions } = environment;
  const drive = handDrive(spec, trajectory);
  return {
    digest,
    ...(drive.length > 0 && { trajectory: drive }),
    device: { backend, adapter, versions, notes: [] },
  };
}

/** A run that somebody else made and exported. */
export function fromRecord(
  init: Omit<RunInit, "spec">,
  record: RunRecord,
  {
    summary,
    misfits = [],
    ...rest
  }: Pick<Run, "summary" | "misfits"> & Pick<RunDetail, "points" | "queryValues" | "startValues">,
): Run {
  const step = stepsDone(record);
  return {
    ...newRun({
      ...init,
      spec: record.spec,
      ...(record.parent && { parent: record.parent }),
    }),
    ...toldByRecord(record),
    live: undefined,
    summary,
    ...(misfits.length > 0 && { misfits }),
    ...(record.finalTest && { finalTest: finalTestNumbers(record.finalTest) }),
    ...(rest.startValues && { startKey: `of ${init.id}` }), // a file's word for them is good for its own run only
    status: step < record.spec.steps ? "stopped" : "finished",
    step,
    detail: { ...rest, state: "loaded", record, matrix: { step, matrix: record.final.matrix } },
  };
}
