// XQuAD-R for benches, where LAB_DATA_DIR has its files: added to a lab's home of its own, which goes afterwards.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lab } from "../src/cli/commands.ts";

export const NO_XQUADR = "LAB_DATA_DIR does not name a folder with xquad-r";

/** Its files, one a language; undefined where they are not at hand. */
export function xquadRFiles(): string[] | undefined {
  const folder = path.join(process.env["LAB_DATA_DIR"] ?? "", "xquad-r");
  if (process.env["LAB_DATA_DIR"] === undefined || !existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.join(folder, name));
}

/** @returns undefined where its files are not at hand */
export async function withXquadR<T>(work: () => Promise<T>): Promise<T | undefined> {
  const files = xquadRFiles();
  if (!files) return undefined;
  const before = process.env["LAB_HOME"];
  const home = mkdtempSync(path.join(tmpdir(), "lab-xquad-r-"));
  process.env["LAB_HOME"] = home;
  try {
    const said: string[] = [];
    const io = { out: () => undefined, err: (line: string) => void said.push(line) };
    const code = await lab(["data", "add", "xquad-r", "--from", path.dirname(files[0]!), "--quiet"], io);
    if (code !== 0) throw new Error(said.join("\n"));
    return await work();
  } finally {
    if (before === undefined) delete process.env["LAB_HOME"];
    else process.env["LAB_HOME"] = before;
    rmSync(home, { recursive: true });
  }
}
