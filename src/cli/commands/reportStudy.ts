// `lab report STUDYDIR`: what a study found, from its folder, its zip or the one file that its results leave in. Trains nothing.
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { SpecError } from "../../core/inputError.ts";
import { analyse } from "../../core/study/analysis/analyse.ts";
import { equalCells, partOf } from "../../core/study/analysis/equalCells.ts";
import { parseStudyResults, type StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import { resultsText, RESULTS_SCHEMA, studyResults } from "../../core/study/results/studyResults.ts";
import { BUDGETS, controlOf, type Budget } from "../../core/study/study.ts";
import { studyReport } from "../../core/study/words/studyReport.ts";
import { givenJson, headText } from "../../core/formats/givenText.ts";
import { readGiven } from "../files/readGiven.ts";
import { checkFilePlace } from "../files/outPlaces.ts";
import {
  fileParts,
  folderParts,
  openArchive,
  writeArchive,
  type ArchiveParts,
} from "../sweep/studyArchiveFile.ts";
import { readResult, readStudy, studyFile } from "../sweep/studyFolder.ts";

const FORMATS = ["text", "markdown", "latex", "csv", "results", "zip"] as const;

/** Whether a folder of `lab sweep`, a study's zip or its results are named: the other forms of the report are of runs. */
export async function isStudy(name: string): Promise<boolean> {
  if (existsSync(studyFile(name)) || isZip(name)) return true;
  const bytes = await readFile(name).catch(() => undefined); // what cannot be read is told where runs are read
  return bytes !== undefined && headText(bytes).includes(RESULTS_SCHEMA);
}

const isZip = (name: string) => /\.zip$/i.test(name);

/** @throws SpecError for a folder: those of `lab sweep` have been told by their study.json, and of runs the files are named */
export function refuseFolder(name: string): void {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const parent = path.dirname(path.resolve(name));
  const isPart = existsSync(studyFile(parent));
  throw new SpecError(
    isPart
      ? `report: ${name} is a part of a study's folder; name ${parent}`
      : `report: ${name} is a folder without a study.json; name a folder of lab sweep, or the files of runs, as in ${path.join(name, "*.json")}`,
  );
}

interface ReportOptions {
  readonly to?: string | undefined;
  readonly out?: string | undefined;
  readonly equal?: string | undefined;
}

/**
 * The card as text, or with its tables as `markdown`, `latex` or `csv`; `results` is the file that the page opens, `zip` all of
 * it as one file, which `out` names; `equal` compares only cells that had as much of it as the control.
 * @returns what to print
 * @throws SpecError in one sentence
 */
export async function reportStudy(name: string, { to, out, equal }: ReportOptions): Promise<string> {
  const format = FORMATS.find((known) => known === (to ?? "text"));
  if (!format)
    throw new SpecError(`report: of a study --to must be one of ${FORMATS.join(", ")}, got "${to}"`);
  if (format === "zip" && out === undefined)
    throw new SpecError("report: --to zip needs --out FILE.zip, since it is no text");
  if (format !== "zip" && out !== undefined)
    throw new SpecError(`report: --out is for --to zip; ${format} is printed, so write it as: > ${out}`);
  if (equal !== undefined && (format === "zip" || format === "results"))
    throw new SpecError(`report: --equal is for a card with its tables; ${format} has all cells`);
  if (out !== undefined) await checkFilePlace("--out", out, "study.zip");
  const read = await readStudyResult(name, format !== "results");
  const { study, result } = read;
  switch (format) {
    case "zip":
      if (result.runs.length === 0) throw new SpecError(`${name}: has no run yet; nothing can be said of it`);
      await writeArchive(out!, read, await read.parts());
      return `study\t${out}`;
    case "results":
      return resultsText(studyResults(study, result));
    default: {
      const part = equal === undefined ? read : equalPart(read, equal);
      return studyReport(part.study, analyse(part.study, part.result), format);
    }
  }
}

function equalPart(whole: StudyWithResult, equal: string): StudyWithResult {
  const budget = (Object.keys(BUDGETS) as Budget[]).find((one) => one === equal);
  if (!budget)
    throw new SpecError(`report: --equal must be one of ${Object.keys(BUDGETS).join(", ")}, got "${equal}"`);
  const cells = equalCells(whole).get(budget) ?? [];
  if (cells.length < 2)
    throw new SpecError(`report: --equal ${equal}: no other cell has as many as ${controlOf(whole.study)}`);
  return partOf(whole, cells, budget);
}

interface NamedStudy extends StudyWithResult {
  readonly parts: () => Promise<ArchiveParts>;
}

/** A study and its results, of a folder, a zip or one file. @throws SpecError in one sentence */
export async function readStudyResult(name: string, withValues: boolean): Promise<NamedStudy> {
  const study = await readStudy(name);
  if (study) {
    const read = { study, result: await readResult(name, study, withValues) };
    return { ...read, parts: () => folderParts(name, read) };
  }
  if (isZip(name)) {
    const opened = await openArchive(name);
    return { ...opened, parts: () => Promise.resolve(opened) };
  }
  const read = parseStudyResults(givenJson(await readGiven(name, "a study"), name, "a study"), name);
  return { ...read, parts: () => fileParts(name) };
}
