// A study's zip made in the page: its pictures read from the drawn figures, its records from storage. Fetched when asked for.
import { packZip } from "../../core/formats/packZip.ts";
import { fileName } from "../../core/series/csv.ts";
import type { ArchivedRun } from "../../core/study/archive/archiveParts.ts";
import { archiveFiles, describedDatasets } from "../../core/study/archive/studyArchive.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import type { AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { figureSvg } from "../charts/chartImage.ts";
import type { PictureOrigin } from "../charts/pictureOrigin.ts";
import { saveFile } from "../controls/saveFile.ts";
import type { StudyFiles } from "./studyFiles.ts";

interface Drawn {
  readonly figures: readonly HTMLElement[];
  readonly origin: PictureOrigin | undefined;
}

/** @returns the name of the file @throws Error with one sentence where a record cannot be read */
export async function saveStudyZip(
  { study, result, analysis }: AnsweredStudy,
  { recordOf, date = new Date().toISOString().slice(0, 10), rankings }: StudyFiles = {},
  drawn: Drawn,
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
      figures: await figuresOf(drawn),
      datasets: describedDatasets(result, catalog, manifests),
    }),
  );
  const name = fileName(study.title, "zip");
  saveFile(name, "application/zip", zip);
  return name;
}

/** As wide as two columns of a paper, in light colours, however wide and dark the page is. */
async function figuresOf({ figures, origin }: Drawn): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  for (const figure of figures) {
    const title = figure.querySelector("h3")?.textContent ?? "figure";
    const plain = title
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
    const name = plain === "" || pictures.has(plain) ? `${plain}-${pictures.size + 1}` : plain;
    pictures.set(name, await figureSvg(figure, origin?.recipe(title) ?? {}, "two columns"));
  }
  return pictures;
}
