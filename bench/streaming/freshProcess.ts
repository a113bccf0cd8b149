// Runs a measuring script in a process of its own, so that no size inherits another's memory.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/**
 * @param script a file beside this one
 * @returns what it printed
 * @throws Error with what it wrote to its standard error, if it fails
 */
export async function inFreshProcess(script: string, ...args: readonly number[]): Promise<string> {
  const file = path.join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    file,
    ...args.map(String),
  ]);
  return stdout;
}
