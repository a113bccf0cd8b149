// A study's file that a person gives, as the view shows it: a zip, or compact results. Keeps nothing.
import { givenJson } from "../../core/formats/givenText.ts";
import { blobFile } from "../../core/formats/sourceFile.ts";
import { SpecError } from "../../core/inputError.ts";
import { parseStudyResults, type StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import { runKey } from "../../core/study/study.ts";
import type { StudyFiles } from "./studyFiles.ts";

export interface OpenedStudy extends StudyWithResult {
  readonly name: string; // of the file
  readonly files: StudyFiles;
}

/** @throws Error with one sentence where it is none, was altered, or holds several */
export async function openStudyFile(given: readonly File[]): Promise<OpenedStudy> {
  const [file] = given;
  if (!file || given.length > 1) throw new SpecError(`Give one study’s file, got ${given.length}`);
  const { name } = file;
  if (!/\.zip$/i.test(name)) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { name, ...parseStudyResults(givenJson(bytes, name, "a study’s zip"), name), files: {} };
  }
  const { readStudyArchive } = await import("../../core/study/archive/readStudyArchive.ts");
  const { study, result, records, date, rankings } = await readStudyArchive(blobFile(name, file));
  const recordOf: StudyFiles["recordOf"] = (run) => {
    const record = records.get(runKey(run));
    return record ? Promise.resolve(record) : Promise.reject(new SpecError(`${name}: has no record of it`));
  };
  return {
    name,
    study,
    result,
    files: { date, rankings, ...(records.size > 0 && { recordOf }) },
  };
}
