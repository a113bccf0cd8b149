// The workers of a file that trains: both are inside its script, for a file on a disk has nothing beside it, and read from the
// files it holds. Trains nothing.
import DataWorker from "./fileData.worker.ts?worker&inline";
import TrainerWorker from "./fileTrainer.worker.ts?worker&inline";
import { HELD_BASE } from "./heldFetch.ts";
import { joinWorkers, type LabClient } from "./labClient.ts";
import { everySecond } from "./silence.ts";

/** @param files by their place in the page @throws nothing; failures reach `onCrash` and the open requests */
export function createFileClient(files: ReadonlyMap<string, Blob>): LabClient {
  const given = (worker: Worker) => {
    worker.postMessage(files);
    return worker;
  };
  return joinWorkers(
    {
      trainer: () => given(new TrainerWorker({ name: "trainer" })),
      data: () => given(new DataWorker({ name: "data" })),
    },
    { hub: HELD_BASE, base: HELD_BASE, ticking: everySecond },
  );
}
