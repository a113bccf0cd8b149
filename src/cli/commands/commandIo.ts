// What every command is given to speak with, and what an error of it means: one line and an exit code.
import { InputError } from "../../core/inputError.ts";
import { machineErrorOf } from "../../core/machineError.ts";
import { messageOf } from "../../core/messageOf.ts";

export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
}

/** 0 done, 1 differs or failed, 2 bad input, 130 left by Ctrl+C: the run can go on. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Every command takes it, also one that has no progress to leave out. */
export const QUIET = { quiet: { type: "boolean" } } as const;

/** An error as the one line that the command line promises; a library's further lines are left out. */
export function firstLine(error: unknown): string {
  return messageOf(error).split("\n")[0]!;
}

/**
 * Runs a command; an error is told in one line.
 * @returns the command's own code, else 2 for input that cannot be right and 1 for any other failure
 */
export async function exitCode(command: () => Promise<ExitCode>, io: CommandIo): Promise<ExitCode> {
  try {
    return await command();
  } catch (error) {
    io.err(firstLine(machineErrorOf(error) ?? error));
    if (error instanceof InputError || isArgumentError(error)) return 2;
    if (process.env.LAB_DEBUG && error instanceof Error) io.err(error.stack ?? "");
    return 1;
  }
}

/** Node's own, which parseArgs throws. */
function isArgumentError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
