// Files of run records that somebody dropped on the page. Reads and writes no storage.
import { givenResult } from "../../core/classroom/resultFile.ts";
import { wholeFile, type WholeFile } from "../../core/formats/wholeFile.ts";
import { isAutomaticName } from "../../core/naming/automaticName.ts";
import { isRunsFile, parseRunsFile } from "../../core/export/runsFile.ts";
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { detailPoints, type RunDetail } from "../../core/record/storedRun.ts";
import { misfitsOf, namedRun } from "../../core/record/misfits.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { detailOf, fromRecord, givenLabels, labelsOf, shownName, type Run, type RunLabels } from "./run.ts";

export const MAX_FILE_BYTES = 256 * 2 ** 20;

/** One run of a file, to be read when its turn has come. */
export interface FoundInFile {
  /** @throws SpecError with one sentence: the file, what is wrong, what would be right */
  read(init: Pick<Run, "id" | "createdAt" | "colour">): Run;
}

/**
 * The run of a run.json, a page or a result card, or the runs of a file of several.
 * @throws SpecError with one sentence: the file, what is wrong, what would be right
 */
export async function openRunFile(file: WholeFile): Promise<readonly FoundInFile[]> {
  const bytes = await wholeFile(file, MAX_FILE_BYTES, "a run record");
  const value = givenResult(bytes, file.name, "a run record of the lab");
  if (isRunsFile(value)) {
    return parseRunsFile(value, file.name).runs.map(({ labels, run }, i) => ({
      read: (init) => runOf(run, `${file.name}, run ${i + 1}`, { ...init, ...givenLabels(labels) }),
    }));
  }
  const name = shownName(file.name.replace(/\.(json|html|png)$/i, "")) || "run";
  return [{ read: (init) => runOf(value, file.name, { ...init, name }) }];
}

function runOf(
  value: unknown,
  where: string,
  { starred, note, tags, ...init }: Pick<Run, "id" | "createdAt" | "colour" | "name"> & RunLabels,
): Run {
  const parsed = parseRecordFile(value, where);
  const { record, queryValues, startValues } = parsed;
  const { points } = record;
  const named = init.named ?? !isAutomaticName(init.name);
  const run = fromRecord({ ...init, named, presetName: DEFAULT_PRESET.name }, record, {
    points: appendPoints(NO_POINTS, points),
    summary: updateSummary({}, points, record.parent?.step),
    misfits: misfitsOf(parsed),
    ...(queryValues && { queryValues }),
    ...(startValues && { startValues }),
  });
  return { ...run, ...labelsOf({ starred, note, tags }) };
}

/** As a points CSV has them. */
export const pointsOf = (run: Run, detail: Pick<RunDetail, "points" | "trunk"> = detailOf(run)) => ({
  name: namedRun(run),
  seed: run.spec.seed,
  id: run.id,
  points: detailPoints(detail),
});
