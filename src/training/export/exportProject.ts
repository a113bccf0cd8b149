// A run as a Python project, in files. Trains nothing and writes no disk.
import { projectReadme, pyprojectToml, runScript, slurmScript } from "../../core/project/projectText.ts";
import type { Course } from "../../core/spec/course.ts";
import { createProjectShelf, type Files } from "./projectShelf.ts";
import { projectRun, type RunOptions } from "./projectRun.ts";

export interface ProjectOptions extends RunOptions {
  readonly name: string; // of the folder
  readonly python: ReadonlyMap<string, string>; // the files of core/project, by path in it
}

/** @returns files by their path in the folder @throws SpecError as `projectRun` does */
export async function exportProject(course: Course, options: ProjectOptions): Promise<Files> {
  const { name, command, python } = options;
  const shelf = createProjectShelf();
  const experiment = await projectRun(shelf, course, options);
  const decided = (course.trajectory ?? []).length > 0;
  writeTexts(shelf.files, [
    ["experiment.json", experiment],
    ...python,
    ["README.md", projectReadme({ name, spec: course.spec, command, decided })],
    ["pyproject.toml", pyprojectToml(packageName(name))],
    ["run.sh", runScript],
    ["slurm.sh", slurmScript(packageName(name))],
  ]);
  return shelf.files;
}

export function writeTexts(files: Files, texts: Iterable<readonly [path: string, content: string]>): void {
  for (const [path, content] of texts) files.set(path, new TextEncoder().encode(content));
}

/** As pip and a scheduler take it. */
export const packageName = (name: string): string =>
  name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "run";
