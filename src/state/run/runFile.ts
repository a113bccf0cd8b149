// A run.json that somebody dropped on the page, and the files a run is saved as. Reads and writes no storage.
import { givenJson } from "../../core/formats/givenText.ts";
import { isAutomaticName } from "../../core/naming/automaticName.ts";
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { detailPoints } from "../../core/record/storedRun.ts";
import { misfitsOf, namedRun } from "../../core/record/misfits.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { SpecError } from "../../core/inputError.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { detailOf, fromRecord, shownName, type Run } from "./run.ts";

export const MAX_FILE_BYTES = 256 * 2 ** 20;

/** What of a `File` is read. */
export interface RunFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** @throws SpecError with one sentence: the file, what is wrong, what would be right */
export async function readRunFile(
  file: RunFile,
  init: Pick<Run, "id" | "createdAt" | "colour">,
): Promise<Run> {
  if (file.size > MAX_FILE_BYTES) {
    throw new SpecError(
      `${file.name}: a run record has at most ${MAX_FILE_BYTES / 2 ** 20} MiB, this has more`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parsed = parseRecordFile(givenJson(bytes, file.name, "a run record of the lab"), file.name);
  const { record, queryValues, startValues } = parsed;
  const name = shownName(file.name.replace(/\.json$/i, "")) || "run";
  const { points } = record;
  return fromRecord(
    { ...init, name, named: !isAutomaticName(name), presetName: DEFAULT_PRESET.name },
    record,
    {
      points: appendPoints(NO_POINTS, points),
      summary: updateSummary({}, points, record.parent?.step),
      misfits: misfitsOf(parsed),
      ...(queryValues && { queryValues }),
      ...(startValues && { startValues }),
    },
  );
}

/** As a points CSV has them. */
export const pointsOf = (run: Run) => ({
  name: namedRun(run),
  seed: run.spec.seed,
  id: run.id,
  points: detailPoints(detailOf(run)),
});
