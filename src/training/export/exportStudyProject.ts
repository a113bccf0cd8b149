// A study as a Python project, in files: an experiment for each run, with what they have alike there once. Trains nothing and writes
// no disk.
import { InputError, SpecError } from "../../core/inputError.ts";
import { pyprojectToml } from "../../core/project/projectText.ts";
import { studyReadme, studyRunScript, studySlurmScript } from "../../core/project/studyProjectText.ts";
import type { Course } from "../../core/spec/course.ts";
import { writtenStudy } from "../../core/study/parseStudy.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { packageName, writeTexts, type ProjectOptions } from "./exportProject.ts";
import { createProjectShelf, type Files } from "./projectShelf.ts";
import { projectRun } from "./projectRun.ts";

interface StudyOptions extends ProjectOptions {
  /** What a run trains, with what was decided of it where the study has been trained. */
  readonly courseOf: (run: StudyRun) => Promise<Course>;
}

/** @returns files by their path in the folder @throws SpecError naming the run that cannot be one of a project */
export async function exportStudyProject(study: Study, options: StudyOptions): Promise<Files> {
  const { name, command, python, courseOf } = options;
  const shelf = createProjectShelf();
  const runs = studyRuns(study);
  for (const run of runs) {
    if (run.fedBy?.cell.reference) {
      throw new SpecError(
        `cell ${run.cell}: goes by numbers of other cells’ runs, which a project cannot have from its own yet; leave the cell out`,
      );
    }
    const experiment = await named(run, async () => projectRun(shelf, await courseOf(run), options));
    writeTexts(shelf.files, [[`experiments/${runKey(run)}.json`, experiment]]);
  }
  writeTexts(shelf.files, [
    ["study.json", `${JSON.stringify(writtenStudy(study), null, 1)}\n`],
    ["runs.txt", runs.map((run) => `${runKey(run)}\n`).join("")],
    ...python,
    ["README.md", studyReadme({ name, study, runs: runs.map(runKey), command })],
    ["pyproject.toml", pyprojectToml(packageName(name))],
    ["run.sh", studyRunScript],
    ["slurm.sh", studySlurmScript(packageName(name), runs.length)],
  ]);
  return shelf.files;
}

async function named<T>(run: StudyRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new SpecError(`${runKey(run)}: ${error.message}`, { cause: error });
  }
}
