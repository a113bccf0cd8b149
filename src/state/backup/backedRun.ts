// A run of a backup, hostile until parsed here: its numbers are those of its record, whatever its row says. Keeps nothing.
import { SpecError } from "../../core/inputError.ts";
import { allPoints } from "../../core/record/pointColumns.ts";
import { misfitsOf } from "../../core/record/misfits.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { parseStoredDetail, parseStoredRun, parseStoredStart } from "../../core/record/storedRun.ts";
import { equalSpecs } from "../../core/spec/specChecks.ts";
import {
  fromRecord,
  fromStoredRun,
  givenLabels,
  isGoing,
  labelsOf,
  type LoadedDetail,
  type Run,
} from "../run/run.ts";
import { detailWithTail, readTail, runWithTail } from "../run/runTail.ts";

/** As a backup has it, and the browser's storage: unknown. */
export interface BackedRun {
  readonly id?: unknown;
  readonly value?: unknown;
  readonly tail?: unknown;
  readonly detail?: unknown;
  /** The stored values before its training; undefined where there are none. */
  readonly start?: unknown;
}

export type LoadedRun = Run & { readonly detail: LoadedDetail };

/**
 * @param startKey under which its values before training are kept, if it has any
 * @throws SpecError in one sentence: where, what cannot be right
 */
export function parseBackedRun(backed: BackedRun, startKey: string, where: string): LoadedRun {
  const tail = readTail(Array.isArray(backed.tail) ? backed.tail : []);
  const stored = parseStoredRun(backed.value, where);
  if (stored.id !== backed.id) throw new SpecError(`${where}: its row is that of another run`);
  const { digest: _, finalTest: _test, summary: _told, misfits: _misfits, startKey: _key, ...row } = stored;
  const read = runWithTail(fromStoredRun({ ...row, summary: {} }), tail);
  const { name, note, tags } = givenLabels(read);
  const { status, step, ...run } = { ...read, name, ...labelsOf({ note, tags }) };
  const first = run.parent?.step;
  const detail = detailWithTail(parseStoredDetail(backed.detail, where), tail, first);
  const startValues = backed.start === undefined ? undefined : parseStoredStart(backed.start, where);
  const withStart = startValues && { startKey };
  const loaded: LoadedDetail = { ...detail, state: "loaded", ...(startValues && { startValues }) };
  const { record } = detail;
  const summary = updateSummary({}, record ? record.points : [...allPoints(detail.points)], first);
  if (!record) {
    const isOpen = isGoing({ status }) || status === "failed";
    return { ...run, ...withStart, status: isOpen ? status : "interrupted", step, summary, detail: loaded };
  }
  if (!equalSpecs(record.spec, run.spec)) {
    throw new SpecError(`${where}: its row and its record are of two experiments`);
  }
  const misfits = misfitsOf({ ...detail, record, startValues });
  const ended = fromRecord(run, record, { points: detail.points, summary, misfits });
  const { notices, starred } = run;
  const matrix = { step: ended.step, matrix: record.final.matrix };
  return { ...run, ...ended, ...withStart, notices, starred, detail: { ...loaded, matrix } };
}
