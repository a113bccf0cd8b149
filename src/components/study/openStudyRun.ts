// A run of a study as a run of the list, which is then shown.
import { recordJson, type RecordFile } from "../../core/export/recordJson.ts";
import { cellLabel, runKey, type Study } from "../../core/study/study.ts";
import { runStore } from "../../state/runStore.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { viewStore } from "../../state/viewStore.ts";

interface OneRun {
  readonly cell: string;
  readonly seed: number;
}

/** "mono 20 %, seed 3" */
export const studyRunName = (study: Study, { cell, seed }: OneRun): string =>
  `${cellLabel(study, cell)}, seed ${seed}`;

/** @throws Error with one sentence where its record cannot be read */
export async function openStudyRun(id: string, study: Study, run: OneRun): Promise<void> {
  await openRecord(study, run, await studiesStore.getState().recordOf(id, runKey(run)));
}

export async function openRecord(study: Study, run: OneRun, file: RecordFile): Promise<void> {
  const { record, queryValues, startValues } = file;
  const text = recordJson(record, queryValues, startValues);
  const name = `${studyRunName(study, run)}.json`;
  await runStore.getState().importRuns([new File([text], name, { type: "application/json" })]);
  viewStore.getState().showStage("watch");
}
