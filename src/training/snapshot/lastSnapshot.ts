// The snapshot that a run goes on from: the newest that is whole; or the one that a branch begins at.
import { InputError, SpecError } from "../../core/inputError.ts";
import { readSnapshot, type Snapshot } from "./snapshotFile.ts";
import type { SnapshotStore } from "./snapshotStore.ts";

/**
 * @param where what the place is called, for messages
 * @param notice told of each snapshot that is passed over, in one sentence
 * @returns undefined where there is none, or none is whole
 * @throws SpecError if none can be read, one of them because it is of another format
 */
export async function lastSnapshot(
  store: SnapshotStore,
  where: string,
  notice: (sentence: string) => void,
): Promise<Snapshot | undefined> {
  const steps = [...(await store.list())].sort((a, b) => b - a);
  let foreign: SpecError | undefined;
  for (const [i, step] of steps.entries()) {
    try {
      const bytes = await store.read(step);
      if (bytes) return readSnapshot(bytes, `${where}, step ${step}`);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (error instanceof SpecError) foreign ??= error;
      const next = steps[i + 1];
      const instead = next === undefined ? "there is no other" : `the one of step ${next} is tried`;
      notice(`${error.message}; ${instead}`);
    }
  }
  if (foreign) throw foreign;
  return undefined;
}

/**
 * The snapshot of one step, for a branch. It only saves time: one that cannot be read is told and passed over.
 * @param where what the place is called, for messages
 */
export async function snapshotAt(
  store: SnapshotStore,
  step: number,
  where: string,
  notice: (sentence: string) => void,
): Promise<Snapshot | undefined> {
  try {
    const bytes = await store.read(step);
    return bytes && readSnapshot(bytes, `${where}, step ${step}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(`${error.message}; the steps up to there are trained again`);
    return undefined;
  }
}
