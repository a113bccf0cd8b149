// Calls the command line of today on what is here. Judges nothing, except that nothing may go wrong.
import { lab } from "../../cli/commands.ts";
import type { Verdict } from "../../core/record/repeatWords.ts";
import type { Replayed } from "./readHistory.ts";

/** What verdicts were called up to 0.2. */
const FORMERLY: Readonly<Record<Verdict, string>> = {
  repeated: "exact",
  reproduced: "close",
  different: "different",
};
export const formerly = (verdict: Verdict): string => FORMERLY[verdict];

/** As the command line said it up to 0.2, where only the word for the verdict is another. @throws Error with what the command line complained of */
export async function callLab(...args: string[]): Promise<Replayed> {
  const out: string[] = [];
  const errors: string[] = [];
  const exit = await lab([...args, "--quiet"], {
    out: (line) => out.push(line.replace(/^\w+(?=\t|$)/, (word) => FORMERLY[word as Verdict] ?? word)),
    err: (line) => errors.push(line),
  });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { exit, out };
}

/** "exact", "close" or "different": the first word of the last line. */
export const verdictOf = ({ out }: Replayed) => out.at(-1)!.split("\t")[0]!;
