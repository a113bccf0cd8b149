// How many trainers work side by side: one a core, as far as memory goes. A GPU is one for all. Starts none.

export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number; // as the browser tells it, rounded and at most 8; where it does not, what is usual
}

/** Beyond these, memory's speed sets the pace. */
const MOST = 8;
/** Of the machine's memory: the rest is the page's, the browser's and the person's. */
const SHARE = 0.5;
const GiB = 2 ** 30;

/** @param bytesEach of one trainer with its data */
export function trainersBeside({ cores, memoryGiB }: Machine, bytesEach: number): number {
  const fitting = Math.floor((SHARE * memoryGiB * GiB) / bytesEach);
  return Math.max(1, Math.min(MOST, cores, fitting));
}

/** This browser's. */
export function thisMachine(): Machine {
  const { hardwareConcurrency = 1, deviceMemory = 4 } = navigator as { deviceMemory?: number } & Navigator;
  return { cores: hardwareConcurrency, memoryGiB: deviceMemory };
}
