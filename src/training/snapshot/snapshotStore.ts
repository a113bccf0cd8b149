// Where the snapshots of one run are kept: an interface, and what is done with any of them. Knows no format.

/**
 * Snapshots of one run, each by the number of batches it was trained on. Every method rejects with one sentence where the
 * place refuses: no room, no right to write.
 */
export interface SnapshotStore {
  /** Steps of those that are whole, in any order. */
  list(): Promise<readonly number[]>;
  /** @returns undefined where there is none of that step */
  read(step: number): Promise<Uint8Array | undefined>;
  /**
   * Whole at commit: whenever the process is killed, the step is then listed whole or not at all.
   * @param parts made one by one as they are asked for, each good until the next is
   */
  write(step: number, parts: Iterable<Uint8Array>): Promise<void>;
  /** Nothing where there is none of that step. */
  remove(step: number): Promise<void>;
}

/** For the end of a run whose record is kept: none is needed any more. */
export async function sweepSnapshots(store: SnapshotStore): Promise<void> {
  for (const step of await store.list()) await store.remove(step);
}
