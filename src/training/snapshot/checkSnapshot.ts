// Whether a run may go on from a snapshot to the bits it would have had undisturbed. Reads nothing.
import { OtherDeviceError, SpecError } from "../../core/inputError.ts";
import { isSameMaker } from "../../core/record/maker.ts";
import type { Environment } from "../../core/record/runRecord.ts";
import { differingField } from "../../core/spec/differingField.ts";
import type { Course } from "../../core/spec/course.ts";
import { sameParents, type Parent } from "../../core/spec/lineage.ts";
import type { Snapshot } from "./snapshotFile.ts";

type Maker = Parameters<typeof isSameMaker>[0];

/** Whether the snapshot is the parent's, taken where the branch begins, and not one of the branch itself. */
export function isBranchPoint(snapshot: Snapshot, parent: Parent): boolean {
  return (
    snapshot.state.step === parent.step &&
    differingField(snapshot.spec, parent.spec) === undefined &&
    sameParents(snapshot.parent, parent.parent)
  );
}

/** @throws SpecError naming the first field in which the snapshot's run is another one; OtherDeviceError naming both devices */
export function checkDevice(
  { spec, parent, environment, state }: Snapshot,
  here: Maker,
  asked: Omit<Course, "stopAt">,
): void {
  const at = `The snapshot of step ${state.step}`;
  const field = differingField(spec, asked.spec);
  if (field) {
    const { path, was, is } = field;
    throw new SpecError(`${at} is of another run: its ${path} is ${was}, not ${is}`);
  }
  if (!sameParents(parent, asked.parent)) {
    throw new SpecError(`${at} is of a run that branched elsewhere, or nowhere`);
  }
  if (isSameMaker(environment, here)) return;
  const name = ({ backend, adapter, versions }: Maker) => `${backend} (${adapter}, lab ${versions["lab"]})`;
  throw new OtherDeviceError(
    `${at} was made on ${name(environment)}, this is ${name(here)}: the bits would differ; start a branch from it instead`,
  );
}

/**
 * @param pieces of the vocabulary here; undefined for a branch, which may have others
 * @throws SpecError naming the dataset or encoder that is another one here
 */
export function checkContents(
  { environment, state, pieceIds }: Snapshot,
  here: Environment,
  pieces: Int32Array | undefined,
): void {
  const refuse = (what: string, was = "", is = ""): never => {
    const shas = `(sha256 ${was.slice(0, 12)}… then, ${is.slice(0, 12)}… here)`;
    throw new SpecError(
      `The snapshot of step ${state.step} was made with another ${what} ${shas}: it cannot go on`,
    );
  };
  for (const [id, was] of Object.entries(environment.dataSha256)) {
    if (here.dataSha256[id] !== was) refuse(`dataset ${id}`, was, here.dataSha256[id]);
  }
  if (here.encoderSha256 !== environment.encoderSha256) {
    refuse("encoder", environment.encoderSha256, here.encoderSha256);
  }
  if (here.teacherSha256 !== environment.teacherSha256) {
    refuse("teacher", environment.teacherSha256, here.teacherSha256);
  }
  if (!pieces) return;
  // The same data read by the same encoder has the same pieces: only a forged file comes here.
  if (pieces.length !== pieceIds.length || pieces.some((id, row) => id !== pieceIds[row])) {
    throw new SpecError(`The snapshot of step ${state.step} has another vocabulary: it cannot go on`);
  }
}
