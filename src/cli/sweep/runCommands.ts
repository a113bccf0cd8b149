// The commands that train a study's runs one by one, each in a folder of its own, for a scheduler. Runs nothing.
import { SpecError } from "../../core/inputError.ts";
import { sourcesOf } from "../../core/study/cellSources.ts";
import { cellNamed, runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";

interface Words {
  readonly name: string; // of the study, as it was given
  readonly size: string | undefined;
  readonly set: readonly string[];
  readonly out: string; // the folder of all runs' folders
}

/** In the study's order. Each can be repeated: a run that has ended stays, one that was cut off goes on. */
export function runCommands(study: Study, { name, size, set, out }: Words): string[] {
  const asked = [
    name,
    ...(size === undefined ? [] : ["--size", size]),
    ...set.flatMap((one) => ["--set", one]),
  ];
  return studyRuns(study).map((run) => {
    const words = [...asked, "--run", runKey(run), "--out", `${out}/${runKey(run)}`, "--resume"];
    return `npm run lab -- sweep ${words.map(quoted).join(" ")}`;
  });
}

/** As a shell reads it as one word. */
export const quoted = (word: string): string =>
  /^[\w./:=,@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The runs that are named, and before them those that they are made from.
 * @throws SpecError for a name that the study has not
 */
export function namedRuns(study: Study, keys: readonly string[]): StudyRun[] {
  const all = studyRuns(study);
  const strange = keys.find((key) => !all.some((run) => runKey(run) === key));
  if (strange !== undefined) {
    throw new SpecError(
      `--run ${strange.slice(0, 100)}: the study has no such run; runs are CELL.SEED, such as ${runKey(all[0]!)}`,
    );
  }
  const wanted = new Set(keys);
  for (const { cell, seed } of all.toReversed()) {
    if (!wanted.has(runKey({ cell, seed }))) continue;
    for (const source of sourcesOf(cellNamed(study, cell))) wanted.add(runKey({ cell: source, seed }));
  }
  return all.filter((run) => wanted.has(runKey(run)));
}
