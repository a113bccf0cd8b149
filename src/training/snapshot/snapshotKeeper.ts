// When a run keeps a snapshot, and which ones it lets go of. Trouble with the place never ends a run. Makes no snapshot.
import { DeviceError, machineErrorOf } from "../../core/machineError.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { Cadence } from "../../core/run/cadence.ts";
import type { SnapshotStore } from "./snapshotStore.ts";

export interface SnapshotKeeper {
  /** Whether the cadence asks for one now, at the end of a step. */
  isDue(step: number): boolean;
  /**
   * Keeps one, and of this run's older ones the newest; those of earlier runs in the same place go once it is written.
   * Trouble with the place or with room for a copy is told and survived.
   * @returns whether the run can go on from this step, now or after an earlier call
   */
  keep(step: number, parts: () => Promise<Iterable<Uint8Array>>): Promise<boolean>;
}

export interface KeeperOptions {
  readonly store: SnapshotStore;
  readonly cadence?: Cadence; // left out: only `keep` decides
  readonly from?: number; // step of the snapshot that the run goes on from
  readonly expectedMs: number; // of the first snapshot, a guess
  readonly nowMs: () => number;
  readonly onTrouble: (sentence: string) => void; // told once
}

export function createSnapshotKeeper(options: KeeperOptions): SnapshotKeeper {
  const { store, cadence, from, nowMs, onTrouble } = options;
  const startMs = nowMs();
  let newest = from; // of this run
  let lastMs = startMs; // when the last one was done
  let spentMs = 0;
  let costMs = options.expectedMs; // of the next one
  let hasTrouble = false;

  /** One older snapshot stays while a new one is written; there is never a third. */
  const write = async (step: number, parts: Iterable<Uint8Array>) => {
    const older = (await store.list()).filter((kept) => kept !== newest);
    const isOurs = newest !== undefined;
    if (isOurs) for (const kept of older) await store.remove(kept);
    await store.write(step, parts);
    if (!isOurs) for (const kept of older) if (kept !== step) await store.remove(kept);
  };

  return {
    isDue(step) {
      if (!cadence || hasTrouble || step === newest) return false;
      if ("steps" in cadence) return step % cadence.steps === 0;
      const now = nowMs();
      if (now - lastMs < cadence.seconds * 1000) return false;
      return cadence.share === undefined || spentMs + costMs <= cadence.share * (now - startMs);
    },
    async keep(step, parts) {
      if (step === newest) return true;
      const beganMs = nowMs();
      try {
        await write(step, await parts());
        newest = step;
      } catch (error) {
        if (error instanceof DeviceError || error instanceof WebAssembly.RuntimeError) throw error; // the run is over
        if (!hasTrouble) {
          const why = messageOf(machineErrorOf(error) ?? error);
          onTrouble(`Snapshots of this run cannot be kept: ${why}. Training goes on without.`);
        }
        hasTrouble = true;
        return false;
      } finally {
        lastMs = nowMs();
        costMs = lastMs - beganMs;
        spentMs += costMs;
      }
      return true;
    },
  };
}
