// A study's file that a person gives, as the view shows it: a zip, compact results, or a study that is still to be run. Keeps nothing.
import { givenJson, givenSettings } from "../../core/formats/givenText.ts";
import { wholeFile } from "../../core/formats/wholeFile.ts";
import { blobFile } from "../../core/formats/sourceFile.ts";
import { SpecError } from "../../core/inputError.ts";
import { parseStudyResults, type StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import { parseStudy } from "../../core/study/parseStudy.ts";
import { runKey, STUDY_SCHEMA, type Study } from "../../core/study/study.ts";
import type { StudyFiles } from "./studyFiles.ts";

/** Of a study or its compact results, also in a page that trains. */
const MAX_FILE_BYTES = 64 * 2 ** 20;

export interface OpenedStudy extends StudyWithResult {
  readonly name: string; // of the file
  readonly files: StudyFiles;
}

/** What is being planned, or looked at. */
export type Planned =
  | { readonly kind: "builtIn" | "published"; readonly name: string }
  | { readonly kind: "own"; readonly given?: Study | undefined } // of a file, in place of the form
  | { readonly kind: "opened"; readonly opened: OpenedStudy };

/** @throws Error with one sentence where it is none, was altered, or holds several */
export async function openStudyFile(given: readonly File[]): Promise<Planned> {
  const [file] = given;
  if (!file || given.length > 1) throw new SpecError(`Give one study’s file, got ${given.length}`);
  const { name } = file;
  if (!/\.zip$/i.test(name)) {
    const bytes = await wholeFile(file, MAX_FILE_BYTES, "a study");
    const value = givenJson(bytes, name, "a study’s zip");
    if ((value as { schema?: unknown } | null)?.schema === STUDY_SCHEMA)
      return { kind: "own", given: parseStudy(givenSettings(bytes, name, "a study"), name) };
    return { kind: "opened", opened: { name, ...parseStudyResults(value, name), files: {} } };
  }
  const { readStudyArchive } = await import("../../core/study/archive/readStudyArchive.ts");
  const { study, result, records, date, rankings } = await readStudyArchive(blobFile(name, file));
  const recordOf: StudyFiles["recordOf"] = (run) => {
    const record = records.get(runKey(run));
    return record ? Promise.resolve(record) : Promise.reject(new SpecError(`${name}: has no record of it`));
  };
  const files = { date, rankings, ...(records.size > 0 && { recordOf }) };
  return { kind: "opened", opened: { name, study, result, files } };
}
