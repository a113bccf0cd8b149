// Calls the command line of today on what is here. Judges nothing, except that nothing may go wrong.
import { lab } from "../../cli/commands.ts";
import type { Replayed } from "./readHistory.ts";

/** @throws Error with what the command line complained of */
export async function callLab(...args: string[]): Promise<Replayed> {
  const out: string[] = [];
  const errors: string[] = [];
  const exit = await lab([...args, "--quiet"], {
    out: (line) => out.push(line),
    err: (line) => errors.push(line),
  });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { exit, out };
}

/** "exact", "close" or "different": the first word of the last line. */
export const verdictOf = ({ out }: Replayed) => out.at(-1)!.split("\t")[0]!;
