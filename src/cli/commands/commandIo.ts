// What every command is given to speak with, and the error that means "exit code 2". Prints nothing itself.
import { messageOf } from "../../core/messageOf.ts";

export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
}

/** Every command takes it, also one that has no progress to leave out. */
export const QUIET = { quiet: { type: "boolean" } } as const;

/** An error as the one line that the command line promises; a library's further lines are left out. */
export function firstLine(error: unknown): string {
  return messageOf(error).split("\n")[0]!;
}

/** Input that cannot be right: exit code 2. Any other error is a failure: 1. */
export class BadInput extends Error {}
