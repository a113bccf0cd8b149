// One run of a study: begun, or gone on with from its last snapshot, to its record in the study's folder.
import { fusesProducts } from "../../core/record/maker.ts";
import type { Cadence } from "../../core/run/cadence.ts";
import type { RunControl } from "../../core/run/control.ts";
import { InputError, OtherDeviceError } from "../../core/inputError.ts";
import { measuredSpeeds } from "../../core/series/measuredSpeeds.ts";
import { differingField } from "../../core/spec/differingField.ts";
import type { StudyRun } from "../../core/study/study.ts";
import { measureBaselines } from "../../training/run/baselines.ts";
import { checkTrecIds } from "../../training/pool/trecRun.ts";
import type { RunPorts } from "../../training/run/runPorts.ts";
import { lastSnapshot } from "../../training/snapshot/lastSnapshot.ts";
import type { Snapshot } from "../../training/snapshot/snapshotFile.ts";
import { sweepSnapshots, type SnapshotStore } from "../../training/snapshot/snapshotStore.ts";
import { executeWith } from "../executeRun.ts";
import { createFolderSnapshots, SNAPSHOTS } from "../nodeSnapshots.ts";
import { writeTrecFolder } from "../trecFolder.ts";
import type { Outcome } from "./laneMessages.ts";
import { recordFile, trecFolder, writeRun } from "./studyFolder.ts";

interface Surroundings {
  readonly ports: RunPorts;
  readonly control: RunControl;
  readonly checkpointEvery: Cadence;
  readonly baselines: boolean;
  readonly trecDepth?: number | undefined;
  readonly notice: (sentence: string) => void;
}

export async function trainRun(
  dir: string,
  run: StudyRun,
  { ports, control, checkpointEvery, baselines, trecDepth, notice }: Surroundings,
): Promise<Outcome> {
  const beganMs = performance.now();
  const place = `${recordFile(dir, run)}${SNAPSHOTS}`;
  const snapshots = createFolderSnapshots(place);
  const from = await ownSnapshot(snapshots, place, run, notice);
  const train = (begin: Snapshot | undefined) =>
    executeWith(control, run.spec, {
      training: true,
      quiet: "silent",
      ports,
      snapshots,
      checkpointEvery,
      ...(trecDepth !== undefined && { accept: checkTrecIds }),
      ...(begin && { from: begin, fused: fusesProducts(begin.environment) }),
    });
  const done = await train(from).catch(async (error: unknown) => {
    if (!(error instanceof OtherDeviceError)) throw error; // the folder came from another machine
    notice(`${error.message}; the run starts anew`);
    await sweepSnapshots(snapshots);
    return train(undefined);
  });
  if ("kept" in done) return { type: "left", step: done.step, kept: done.kept };
  const { resources, record } = done;
  const measured = baselines && { baselines: await measureBaselines(resources, record) };
  if (trecDepth !== undefined)
    await writeTrecFolder(trecFolder(dir, run), done, { depth: trecDepth, headed: true });
  resources.model.dispose();
  for (const sentence of done.notices) notice(sentence);
  await writeRun(dir, run, { ...record, ...measured }, done.queryValues);
  await sweepSnapshots(snapshots);
  const speeds = measuredSpeeds(record);
  const seconds = (performance.now() - beganMs) / 1000;
  return { type: "ended", seconds, values: record.final.values, ...(speeds && { speeds }) };
}

/** What is left of this very run; of another one it goes, and so does what cannot be read. */
async function ownSnapshot(
  store: SnapshotStore,
  place: string,
  { spec }: StudyRun,
  notice: (sentence: string) => void,
): Promise<Snapshot | undefined> {
  try {
    const last = await lastSnapshot(store, place, notice);
    if (last && !differingField(last.spec, spec)) return last;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(`${error.message}; the run starts anew`);
  }
  await sweepSnapshots(store);
  return undefined;
}
