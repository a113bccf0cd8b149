// Pages saved as one file by the command line, of a recorded study or of a run, for what opens them from the disk.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

export const STUDY = "public/studies/lareqa-rows-classroom.json";

/** Its title, and of how many runs it is. */
export function aboutStudy(): { readonly title: string; readonly runs: number } {
  const { study, runs } = JSON.parse(readFileSync(STUDY, "utf8")) as {
    readonly study: { readonly title: string };
    readonly runs: readonly unknown[];
  };
  return { title: study.title, runs: runs.length };
}

/** @returns the file's path */
export async function exportPage(what: string, path: string, ...more: readonly string[]): Promise<string> {
  await lab("export", what, "--to", "html", "--out", path, ...more);
  return path;
}

export const lab = (...words: readonly string[]) =>
  promisify(execFile)(process.execPath, ["scripts/lab.mjs", ...words]);
