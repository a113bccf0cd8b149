// What every command is given to speak with, and the error that means "exit code 2". Prints nothing itself.

export interface CommandIo {
  out(line: string): void;
  err(line: string): void;
}

/** Input that cannot be right: exit code 2. Any other error is a failure: 1. */
export class BadInput extends Error {}
