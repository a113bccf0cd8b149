// A run's snapshots: made of its session and its state between two steps, when all losses have been read.
import { countParameters } from "../../core/encoders/estimateMemory.ts";
import type { RunState } from "../../core/record/runState.ts";
import type { Cadence } from "../../core/run/cadence.ts";
import { requireDevice } from "../engine/deviceFailure.ts";
import { createSnapshotKeeper, type SnapshotKeeper } from "../snapshot/snapshotKeeper.ts";
import { snapshotParts } from "../snapshot/snapshotFile.ts";
import type { Session } from "./session.ts";

/** Slow storage and a slow hash: what the first snapshot is taken to cost before one was made. */
const BYTES_PER_MS = 50_000;

/** @returns undefined where the ports keep none */
export function openKeeper(
  { ports, model, emit }: Session,
  cadence: Cadence | undefined,
  from: number | undefined,
): SnapshotKeeper | undefined {
  const { snapshots: store, nowMs } = ports;
  if (!store) return undefined;
  const numbers = countParameters(model.config);
  return createSnapshotKeeper({
    store,
    ...(cadence && { cadence }),
    ...(from !== undefined && { from }),
    expectedMs: (3 * 4 * numbers) / BYTES_PER_MS, // each with its two moments
    nowMs,
    onTrouble: (message) => emit({ type: "notice", message }),
  });
}

/** @param state with every loss read. @returns whether the run can go on from this step */
export async function keepSnapshot(
  { spec, parent, stopAt, environment, prepared, model, emit }: Session,
  state: RunState,
  keeper: SnapshotKeeper,
): Promise<boolean> {
  const { step } = state;
  const kept = await keeper.keep(step, async () => {
    const tensors = await model.lend();
    requireDevice(); // what a failed one gives back is no weight
    return snapshotParts({
      spec,
      ...(parent && { parent }),
      ...(stopAt !== undefined && { stopAt }),
      environment,
      state,
      pieceIds: prepared.vocabulary.pieceIds,
      tensors,
    });
  });
  if (kept) emit({ type: "snapshot", step });
  return kept;
}
