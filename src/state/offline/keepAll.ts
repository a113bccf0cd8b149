// Keeps files of the page one after the other, a few at a time, and steps back while something trains. Decides not which.
import { byTurn, isWeights, type PageFile } from "../../core/offline/pageFiles.ts";
import type { KeptPage } from "../../workers/offlineClient.ts";

export interface KeepPorts {
  readonly kept: KeptPage;
  /** Weights of a shipped encoder. @returns whether they are kept now */
  keepWeights(name: string): Promise<boolean>;
  /** Resolves when the next file may be fetched. @throws to end it all */
  turn(): Promise<void>;
}

const AT_ONCE = 4;

/**
 * Files of one kind a few at a time, each kind after the one before (`byTurn`).
 * @param onKept told of each file that is there
 * @throws Error in one sentence at the first file that cannot be kept
 */
export async function keepAll(
  files: readonly PageFile[],
  { kept, keepWeights, turn }: KeepPorts,
  onKept: (file: PageFile) => void = () => undefined,
): Promise<void> {
  const keep = async (file: PageFile) => {
    await turn();
    if (!isWeights(file.path)) await kept.keep(file);
    else if (!(await keepWeights(file.path.split("/")[1]!))) throw new Error(notKept(file.path));
    onKept(file);
  };
  try {
    for (const waiting of byTurn(files)) {
      const work = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await keep(next);
      };
      const end = (error: unknown) => {
        waiting.length = 0;
        throw error;
      };
      await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(end)));
    }
  } catch (error) {
    throw isFull(error) ? new Error(NO_ROOM, { cause: error }) : error;
  }
}

const NO_ROOM = "This browser’s storage is full: free some space, or remove a set or an encoder";
const notKept = (path: string) => `${path} could not be kept: this browser’s storage is full or refused`;

const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";
