// The command line within this process, as a test sees it: what it prints, and how it ends.
import { lab } from "../cli/commands.ts";

export interface Called {
  readonly code: number;
  readonly out: string; // lines
  readonly err: string;
}

/** Runs `lab` with these words. */
export async function callLab(...args: string[]): Promise<Called> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await lab(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
