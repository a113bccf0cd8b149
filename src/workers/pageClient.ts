// The workers of the lab's page, each from a script of its own beside it. Trains nothing.
import { joinWorkers, type LabClient } from "./labClient.ts";
import { everySecond } from "./silence.ts";

/**
 * @param hub its address, or a mirror's
 * @param patience how many times as long as a laptop's its workers may be silent
 * @param threads at most so many for products; left out: as many as the device has
 * @throws nothing; failures reach `onCrash` and the open requests
 */
export function createLabClient(hub: string, patience: () => number, threads?: number): LabClient {
  return joinWorkers(
    {
      trainer: () =>
        new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module", name: "trainer" }),
      data: () => new Worker(new URL("./data.worker.ts", import.meta.url), { type: "module", name: "data" }),
    },
    {
      hub,
      base: new URL(import.meta.env.BASE_URL, document.baseURI).href,
      ticking: everySecond,
      patience,
      ...(threads !== undefined && { threads }),
    },
  );
}
