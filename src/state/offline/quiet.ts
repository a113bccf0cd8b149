// When the page may fetch what nobody waits for: once it has stood still for a while and no tab trains. Fetches nothing.
import { runsGoingElsewhere } from "../run/runLock.ts";

const AGAIN_MS = 3000;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether some tab of this browser trains. */
export const isTraining = async (): Promise<boolean> => (await runsGoingElsewhere()).size > 0;

/** Resolves once no tab trains; looks again and again. */
export async function whenQuiet(isBusy: () => Promise<boolean> = isTraining): Promise<void> {
  while (await isBusy()) await sleep(AGAIN_MS);
}
