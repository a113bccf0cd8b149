// A study as one file: which files its zip holds, and what stands in each. Unpacked it is a folder of `lab sweep`. Packs nothing
// itself, and has no sentence of a dataset.
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { CatalogEntry } from "../../data/catalog.ts";
import type { Manifest } from "../../data/manifest.ts";
import { writtenRecord } from "../../record/runRecord.ts";
import { queryValuesJson } from "../../stats/queryValues.ts";
import { writtenStudy } from "../parseStudy.ts";
import { resultsText, studyResults } from "../results/studyResults.ts";
import { studySummary } from "../results/studySummary.ts";
import { runKey, type Study } from "../study.ts";
import { studyRuns } from "../studyRuns.ts";
import { NOT_RUN, type StudyResult } from "../studyResult.ts";
import { studyCard } from "../words/studyCard.ts";
import { studyReport } from "../words/studyReport.ts";
import { croissant, type DescribedDataset } from "./croissant.ts";
import type { ArchivedRun, StudyArchive } from "./archiveParts.ts";
import { archiveReadme } from "./archiveReadme.ts";
import { CRATE_FILE, roCrate, type CrateFile } from "./roCrate.ts";

/** What is known here of the datasets that a study's records name; a manifest of other contents is none of theirs. */
export function describedDatasets(
  { runs }: StudyResult,
  entries: readonly CatalogEntry[],
  manifests: readonly Manifest[],
): DescribedDataset[] {
  const named = new Map<string, DescribedDataset>();
  for (const { made } of runs) {
    for (const [id, hash] of Object.entries(made?.data ?? {})) {
      const entry = entries.find((one) => one.id === id);
      const manifest = manifests.find((one) => one.sha256 === hash);
      named.set(`${id} ${hash}`, { id, sha256: hash, entry, manifest });
    }
  }
  return [...named.values()].sort((a, b) => (`${a.id} ${a.sha256}` < `${b.id} ${b.sha256}` ? -1 : 1));
}

/** In the study's order, whatever ended first: equal results make equal files. */
function inOrder(study: Study, { runs, missing }: StudyResult): StudyResult {
  const keys = studyRuns(study).map(runKey);
  const sorted = <R extends Pick<ArchivedRun, "cell" | "seed">>(list: readonly R[]) =>
    list.toSorted((a, b) => keys.indexOf(runKey(a)) - keys.indexOf(runKey(b)));
  return { runs: sorted(runs), missing: sorted(missing) };
}

/** Path and text of every file, the crate's description last: it has the hashes of the others. */
export async function* archiveFiles(archive: StudyArchive): AsyncGenerator<readonly [string, string]> {
  const { study, analysis, figures, datasets, date } = archive;
  const result = inOrder(study, archive.result);
  const { title, question, headline } = studyCard(study, analysis);
  const described = datasets.map((one, i) => {
    const isTwice = datasets.some((other, at) => at < i && other.id === one.id);
    return {
      ...one,
      path: `datasets/${one.id}${isTwice ? `-${one.sha256.slice(0, 12)}` : ""}.croissant.json`,
    };
  });
  const files: CrateFile[] = [];
  const file = (path: string, description: string, text: string) => {
    const bytes = utf8ToBytes(text);
    files.push({ path, name: path, description, bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) });
    return [path, text] as const;
  };
  const json = (value: object) => `${JSON.stringify(value, null, 1)}\n`;

  yield file("study.json", "The study: its question, cells and seeds", json(writtenStudy(study)));
  yield file("results.json", "Its results, compact", resultsText(studyResults(study, result)));
  yield file("summary.json", "What they say", studySummary(study, result));
  yield file("README.md", "What is in here", archiveReadme(archive, { title, question, headline }));
  yield file("tables/card.md", "The result card with its tables", studyReport(study, analysis, "markdown"));
  yield file("tables/card.tex", "The same for LaTeX", studyReport(study, analysis, "latex"));
  yield file("tables/cells.csv", "A row for each run and each cell", studyReport(study, analysis, "csv"));
  for (const [name, { title, svg }] of figures) yield file(`figures/${name}.svg`, `Picture: ${title}`, svg);
  for (const one of described)
    yield file(one.path, `The dataset ${one.id} in Croissant’s terms`, json(croissant(one)));
  for await (const { cell, seed, record, queryValues } of archive.runs?.() ?? []) {
    const words = `${cell}, seed ${seed}`;
    const key = runKey({ cell, seed });
    yield file(`runs/${key}.json`, `Record of ${words}`, `${JSON.stringify(writtenRecord(record))}\n`);
    if (queryValues) {
      const { pools: _, ...kept } = queryValues; // of each pair of languages: nine parts of ten, and not asked for
      const text = JSON.stringify(queryValuesJson(kept));
      yield file(`queries/${key}.json`, `What each question of ${words} came to`, text);
    }
  }
  for (const { cell, seed, why } of result.missing) {
    if (why === NOT_RUN) continue;
    yield file(
      `runs/${runKey({ cell, seed })}.failed`,
      `Why ${cell}, seed ${seed} has no record`,
      `${why}\n`,
    );
  }
  for await (const [path, text] of archive.rankings?.() ?? [])
    yield file(`trec/${path}`, "A ranking or judgements, TREC’s format", text);
  const labs = [...new Set(result.runs.flatMap(({ made }) => (made ? [made.lab] : [])))].sort();
  const crate = roCrate({
    title,
    description: `${question} ${headline}`,
    date,
    labs,
    files,
    datasets: described,
  });
  yield [CRATE_FILE, json(crate)];
}
