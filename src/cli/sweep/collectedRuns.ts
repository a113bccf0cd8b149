// Runs of a study's folder of which only brief results are there, gathered from a study's one file: collected.json. Such a run is
// counted, and has no record.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { givenJson } from "../../core/formats/givenText.ts";
import { parseStudyResults } from "../../core/study/results/parseStudyResults.ts";
import { resultsText, studyResults } from "../../core/study/results/studyResults.ts";
import { runKey, type Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { readGiven } from "../files/readGiven.ts";
import { replaceFile } from "../files/replaceFile.ts";

const collectedFile = (dir: string) => path.join(dir, "collected.json");

/** By cell and seed; empty where none were gathered. @throws SpecError where they cannot be read */
export async function readCollected(dir: string): Promise<ReadonlyMap<string, CellRun>> {
  const file = collectedFile(dir);
  if (!existsSync(file)) return new Map();
  const { result } = parseStudyResults(givenJson(await readGiven(file, "a study"), file, "a study"), file);
  return new Map(result.runs.map((run) => [runKey(run), run]));
}

/** @param runs all that there are from now on */
export async function writeCollected(dir: string, study: Study, runs: readonly CellRun[]): Promise<void> {
  const file = collectedFile(dir);
  if (runs.length === 0) await rm(file, { force: true });
  else await replaceFile(file, resultsText(studyResults(study, { runs, missing: [] })));
}
