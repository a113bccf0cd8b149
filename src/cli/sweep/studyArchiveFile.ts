// A study's folder, compact file or zip to one zip on the disk, and such a zip opened. Trains nothing.
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parseCatalog } from "../../core/data/catalog.ts";
import { packZip } from "../../core/formats/packZip.ts";
import { SpecError } from "../../core/inputError.ts";
import { readStudyArchive, type OpenedArchive } from "../../core/study/archive/readStudyArchive.ts";
import type { ArchivedRun, StudyArchive } from "../../core/study/archive/archiveParts.ts";
import { archiveFiles, describedDatasets } from "../../core/study/archive/studyArchive.ts";
import { analyse } from "../../core/study/analysis/analyse.ts";
import type { StudyWithResult } from "../../core/study/results/parseStudyResults.ts";
import { runKey } from "../../core/study/study.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { readProblem } from "../files/codeOf.ts";
import { diskFile } from "../files/nodeFiles.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { createFolderShards, EMBEDDED_DATASETS, findDataset } from "../nodeShards.ts";
import { readRecord, readValues, recordFile, trecFolder } from "./studyFolder.ts";

const CATALOG_FILE = path.join(EMBEDDED_DATASETS, "catalog.json");

/** What an archive takes beside the study, its result and what follows from both. */
export type ArchiveParts = Pick<StudyArchive, "runs" | "rankings" | "date">;

/** @throws DataError or SpecError where it is no study's zip, or was altered */
export async function openArchive(file: string): Promise<OpenedArchive> {
  const source = await diskFile(file, path.basename(file)).catch((cause: unknown) => {
    throw new SpecError(`${file}: ${readProblem(cause)}; name a study’s zip`, { cause });
  });
  return readStudyArchive(source);
}

/**
 * Of a folder of `lab sweep`: its records, what questions came to, rankings; its date is its last record's. Where results alone were
 * gathered of some runs, it has no records: a zip has those of all runs, or none.
 */
export async function folderParts(dir: string, { study, result }: StudyWithResult): Promise<ArchiveParts> {
  const have = new Set(result.runs.map(runKey));
  const kept = studyRuns(study).filter((run) => have.has(runKey(run)) && existsSync(recordFile(dir, run)));
  const runs = async function* (): AsyncGenerator<ArchivedRun> {
    for (const run of kept) {
      const record = await readRecord(dir, run);
      if (record) yield { cell: run.cell, seed: run.seed, record, queryValues: await readValues(dir, run) };
    }
  };
  const ranked: string[] = [];
  for (const run of kept) {
    const names = await readdir(trecFolder(dir, run)).catch(() => []);
    ranked.push(
      ...names
        .filter((name) => /\.(run|qrels)$/.test(name))
        .sort()
        .map((name) => `${runKey(run)}/${name}`),
    );
  }
  const dates = await Promise.all(kept.map((run) => dateOf(recordFile(dir, run))));
  return {
    ...(kept.length > 0 && kept.length === have.size && { runs }),
    ...(ranked.length > 0 && {
      rankings: async function* () {
        for (const name of ranked)
          yield [name, await readFile(path.join(dir, "trec", name), "utf8")] as const;
      },
    }),
    date: dates.sort().at(-1) ?? (await dateOf(dir)),
  };
}

/** Of a study's results in one file: its date is the file's. */
export const fileParts = async (file: string): Promise<ArchiveParts> => ({ date: await dateOf(file) });

/** YYYY-MM-DD on which it was written. */
const dateOf = async (file: string) => (await stat(file)).mtime.toISOString().slice(0, 10);

/** Written whole, or not at all. */
export async function writeArchive(
  out: string,
  { study, result }: StudyWithResult,
  parts: ArchiveParts,
): Promise<void> {
  const entries = parseCatalog(JSON.parse(await readFile(CATALOG_FILE, "utf8")), CATALOG_FILE);
  const ids = new Set(result.runs.flatMap(({ made }) => Object.keys(made?.data ?? {})));
  const manifests = [];
  for (const id of ids) {
    const place = await findDataset(id);
    if (place !== null) manifests.push(await createFolderShards(place).manifest());
  }
  const analysis = analyse(study, result);
  const { figureFiles } = await import("../../components/study/figureFiles.tsx"); // React: for no other command
  const archive = {
    study,
    result,
    analysis,
    figures: figureFiles({ study, analysis, runs: result.runs }),
    datasets: describedDatasets(result, entries, manifests),
    ...parts,
  };
  const zip = await packZip(archiveFiles(archive));
  await replaceFile(out, new Uint8Array(await zip.arrayBuffer()));
}
