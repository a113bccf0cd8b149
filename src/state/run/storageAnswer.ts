// A browser's storage that may never answer: how long it is waited for, and what is said then. Keeps nothing.
import { machineErrorOf } from "../../core/machineError.ts";
import { messageOf } from "../../core/messageOf.ts";

/** To open it, which every visit waits for; then for a single question, which may be large. */
const OPEN_MS = 5_000;
const ANSWER_MS = 20_000;

const SILENT =
  "this browser’s storage (IndexedDB) does not answer; close other tabs of the lab and reload this one, or restart the browser";
const BLOCKED =
  "another tab holds runs of an older version of the lab; close that tab, and this one goes on by itself";
const NEWER = "a newer version of the lab has kept its runs here; reload the page to get that version";

/**
 * @param open calls `onBlocked` while another tab must let go first
 * @param onLate told if it opens when it has been given up
 * @throws Error in one sentence without an end, as the others here
 */
export function openAnswered<T>(
  open: (onBlocked: () => void) => Promise<T>,
  onLate: (opened: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isGivenUp = false;
    const giveUp = (why: string) => {
      isGivenUp = true;
      reject(new Error(why));
    };
    const timer = setTimeout(() => giveUp(SILENT), OPEN_MS);
    open(() => giveUp(BLOCKED))
      .then((opened) => (isGivenUp ? onLate(opened) : resolve(opened)))
      .catch((error: unknown) => reject(worded(error)))
      .finally(() => clearTimeout(timer));
  });
}

/** What the question gives. @throws Error in one sentence if no answer comes */
export async function answered<T>(ask: () => Promise<T>, withinMs = ANSWER_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(SILENT)), withinMs);
  });
  try {
    return await Promise.race([ask(), silence]);
  } catch (error) {
    throw worded(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A browser's own error in the lab's words, where it is one that a person can do something about. */
function worded(error: unknown): Error {
  if (error instanceof DOMException && error.name === "VersionError")
    return new Error(NEWER, { cause: error });
  return machineErrorOf(error) ?? (error instanceof Error ? error : new Error(messageOf(error)));
}
