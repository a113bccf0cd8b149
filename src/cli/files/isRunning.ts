// Whether a process is still there, of which a file keeps the number.
import { codeOf } from "./codeOf.ts";

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and ends nothing
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH"; // EPERM: another user's
  }
}

/** They end a process that does not listen to them. */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM"] as const;
