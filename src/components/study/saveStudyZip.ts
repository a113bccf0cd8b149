// A study's zip made in the page: its pictures drawn anew, its records from storage. Fetched when asked for.
import { packZip } from "../../core/formats/packZip.ts";
import { fileName } from "../../core/series/csv.ts";
import type { ArchivedRun } from "../../core/study/archive/archiveParts.ts";
import { archiveFiles, describedDatasets } from "../../core/study/archive/studyArchive.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { saveFile } from "../controls/saveFile.ts";
import { figureFiles } from "./figureFiles.tsx";
import type { StudyFiles } from "./studyFiles.ts";

/** @returns the name of the file @throws Error with one sentence where a record cannot be read */
export async function saveStudyZip(
  { study, result, analysis }: AnsweredStudy,
  { recordOf, date = new Date().toISOString().slice(0, 10), rankings }: StudyFiles = {},
): Promise<string> {
  const { status } = datasetStore.getState();
  if (status !== "ready") await datasetStore.getState().refresh();
  const { catalog, datasets } = datasetStore.getState();
  const manifests = datasets.map(({ manifest }) => manifest);
  const runs = async function* (): AsyncGenerator<ArchivedRun> {
    for (const { cell, seed } of result.runs) yield { cell, seed, ...(await recordOf!({ cell, seed })) };
  };
  const zip = await packZip(
    archiveFiles({
      study,
      result,
      analysis,
      rankings,
      date,
      runs: recordOf && runs,
      figures: figureFiles({ study, analysis, runs: result.runs }),
      datasets: describedDatasets(result, catalog, manifests),
    }),
  );
  const name = fileName(study.title, "zip");
  saveFile(name, "application/zip", zip);
  return name;
}
