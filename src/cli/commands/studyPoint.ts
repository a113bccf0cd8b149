// One run of a study as something to be run again: its record in a study's folder, or what the study's one file says of it.
import { existsSync } from "node:fs";
import { SpecError } from "../../core/inputError.ts";
import { decodeLink } from "../../core/spec/link.ts";
import { pointLink } from "../../core/study/pointLink.ts";
import { runKey } from "../../core/study/study.ts";
import { readSpec, type NamedSpec } from "../specSource.ts";
import { recordFile } from "../sweep/studyFolder.ts";
import { isStudy, readStudyResult } from "./reportStudy.ts";

const SHOWN = 6; // of the names of runs

/**
 * @param name of a study's folder or file
 * @param key CELL.SEED
 * @throws SpecError in one sentence
 */
export async function readStudyPoint(
  name: string,
  key: string,
  notice: (message: string) => void,
): Promise<NamedSpec> {
  if (!(await isStudy(name)))
    throw new SpecError(`replay: --run is of a study; ${name} is no study with results`);
  const { study, result } = await readStudyResult(name, false);
  const run = result.runs.find((one) => runKey(one) === key);
  if (!run) {
    const why = result.missing.find((one) => runKey(one) === key)?.why;
    throw new SpecError(
      `replay: ${name} has no result of ${key.slice(0, 100)}${why === undefined ? "" : ` (${why})`}; ${namesOf(result.runs)}`,
    );
  }
  const record = recordFile(name, run);
  if (existsSync(record)) return readSpec(record, notice); // with every number of it
  const { spec, expected } = decodeLink(pointLink(study, run));
  return { spec, ...(expected && { expected }) };
}

/** Of a study that is named without one of its runs. */
export async function refuseWholeStudy(name: string): Promise<void> {
  if (!(await isStudy(name))) return;
  const { result } = await readStudyResult(name, false);
  throw new SpecError(
    `replay: ${name} is a study: name one of its runs with --run CELL.SEED; ${namesOf(result.runs)}`,
  );
}

const namesOf = (runs: readonly Parameters<typeof runKey>[0][]): string =>
  runs.length === 0
    ? "it has no results"
    : `it has ${runs.slice(0, SHOWN).map(runKey).join(", ")}${runs.length > SHOWN ? ` and ${runs.length - SHOWN} more` : ""}`;
