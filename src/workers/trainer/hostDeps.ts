// What the trainer needs from outside: real in a worker, made up in a test. Holds no behaviour.
import type { DeviceReport } from "../../core/run/device.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";
import type { StartStore } from "../../training/evaluate/startStore.ts";
import type { DownloadShelf } from "../../training/hub/downloadShelf.ts";
import type { StartEncoder } from "../../training/pretrained/startEncoder.ts";
import type { SnapshotShelf } from "../../training/snapshot/opfsSnapshots.ts";
import type { PageAddresses } from "../pagePlaces.ts";

export interface TrainerHostDeps {
  startDevice(choice: BackendChoice): Promise<DeviceReport>;
  /** Products take at most so many threads from now on; the numbers are the same (ADR 16). Left out: as many as there are. */
  limitThreads?(threads: number): void;
  /** @param onTrouble told in a sentence of a download that has to be tried again */
  openEncoder(page: PageAddresses, id: string, onTrouble?: (sentence: string) => void): Promise<StartEncoder>;
  nowMs(): number;
  /** Resolves after the messages that are waiting have been handled. */
  breathe(): Promise<void>;
  /** Where snapshots of runs are kept; undefined where this browser keeps none. */
  readonly snapshots: Promise<SnapshotShelf | undefined>;
  /** Where evaluations before training are kept; left out: nowhere. */
  readonly starts?: StartStore;
  /** Where teachers' vectors are kept; left out: nowhere. */
  readonly vectors?: Promise<DownloadShelf | undefined>;
  readonly versions: Readonly<Record<string, string>>;
}
