// Where `lab run` begins: anew, from a snapshot, or at the end already; and where it keeps its own snapshots. Trains nothing.
import { existsSync } from "node:fs";
import path from "node:path";
import { SpecError } from "../core/inputError.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { differingField } from "../core/spec/differingField.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { lastSnapshot } from "../training/snapshot/lastSnapshot.ts";
import type { Snapshot } from "../training/snapshot/snapshotFile.ts";
import type { SnapshotStore } from "../training/snapshot/snapshotStore.ts";
import { takeLock } from "./files/lockFile.ts";
import { checkFilePlace } from "./files/outPlaces.ts";
import { createFolderSnapshots, findSnapshots, SNAPSHOTS } from "./nodeSnapshots.ts";
import { readSpec } from "./specSource.ts";

export interface StartedRun {
  readonly spec: ExperimentSpec;
  readonly out?: string; // of the record
  readonly snapshots?: SnapshotStore; // where there is an `out`
  readonly from?: Snapshot; // of this run
  readonly ended?: RunRecord; // there is nothing left to do
  readonly release?: () => Promise<void>; // where there is an `out`: until then no other process is let at the run
}

interface Options {
  readonly out?: string;
  readonly resume?: string;
  readonly every: string | undefined;
}

/**
 * @param asked the spec that was named; undefined only beside `--resume`
 * @param say told in one sentence what is passed over, and that a run starts anew
 * @throws SpecError where nothing can be gone on with, it is another run, or another process is at work on it
 */
export async function startRun(
  asked: ExperimentSpec | undefined,
  { out, resume, every }: Options,
  say: (sentence: string) => void,
): Promise<StartedRun> {
  if (resume !== undefined) return resumeRun(resume, asked, out, say);
  const spec = asked!;
  if (out === undefined) {
    if (every === undefined) return { spec };
    throw new SpecError("--checkpoint-every needs --out: snapshots are kept beside the record");
  }
  if ((await checkFilePlace("--out", out)) === "device") return { spec, out };
  const dir = `${out}${SNAPSHOTS}`;
  const release = await takeLock(lockOf(dir), out);
  const snapshots = createFolderSnapshots(dir);
  const earlier = (await snapshots.list()).reduce((last, step) => Math.max(last, step), -1);
  if (earlier >= 0) {
    say(
      `${dir} has a snapshot of step ${earlier} of an earlier run, which goes when this one keeps its own; --resume ${out} would go on from it`,
    );
  }
  return { spec, out, snapshots, release };
}

/** Beside the folder, which goes with its last snapshot. */
const lockOf = (dir: string): string => `${dir}.lock`;

/** @param named the record, the folder of its snapshots, one of them or its file */
async function resumeRun(
  named: string,
  asked: ExperimentSpec | undefined,
  out: string | undefined,
  say: (sentence: string) => void,
): Promise<StartedRun> {
  const place = findSnapshots(named);
  const { dir } = place;
  const record = out ?? place.out;
  if (record === undefined) throw new SpecError(`--resume ${named}: say with --out where the record goes`);
  if (out !== undefined || asked) await checkFilePlace("--out", record);
  if (!asked && !existsSync(path.dirname(path.resolve(dir)))) throw nothingThere(named, dir);
  const release = await takeLock(lockOf(dir), record);
  try {
    return { ...(await lastOf(named, { dir, record }, asked, say)), release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function lastOf(
  named: string,
  { dir, record }: { readonly dir: string; readonly record: string },
  asked: ExperimentSpec | undefined,
  say: (sentence: string) => void,
): Promise<StartedRun> {
  const shared = { out: record, snapshots: createFolderSnapshots(dir) };
  const from = await lastSnapshot(shared.snapshots, dir, say);
  if (from) {
    checkSame(asked, from.spec, `the snapshot in ${dir}`);
    return { ...shared, spec: from.spec, from };
  }
  if (existsSync(record)) {
    const { record: ended } = await readSpec(record, say);
    if (!ended) throw new SpecError(`--resume ${named}: ${record} is no record of a run`);
    checkSame(asked, ended.spec, record);
    return { ...shared, spec: ended.spec, ended };
  }
  if (!asked) throw nothingThere(named, dir);
  say(`there is no snapshot in ${dir} yet: the run starts anew`);
  return { ...shared, spec: asked };
}

const nothingThere = (named: string, dir: string) =>
  new SpecError(
    `--resume ${named}: there is no snapshot in ${dir} yet; name the spec too, and the run starts anew`,
  );

function checkSame(asked: ExperimentSpec | undefined, there: ExperimentSpec, where: string): void {
  const field = asked && differingField(there, asked);
  if (!field) return;
  const { path, was, is } = field;
  throw new SpecError(`--resume: ${where} is of another run: its ${path} is ${was}, not ${is}`);
}
