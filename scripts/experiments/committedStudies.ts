// The studies whose results are committed: public/studies/NAME.json, one compact file each, which the page opens as they are.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { analyse } from "../../src/core/study/analysis/analyse.ts";
import type { StudyAnalysis } from "../../src/core/study/analysis/studyAnalysis.ts";
import { parseStudyResults, type StudyWithResult } from "../../src/core/study/results/parseStudyResults.ts";
import { studyCard } from "../../src/core/study/words/studyCard.ts";

export const FOLDER = fileURLToPath(new URL("../../public/studies/", import.meta.url));
export const INDEX = "index.json";

export interface CommittedStudy extends StudyWithResult {
  readonly name: string; // of its file; of a built-in study NAME-SIZE, with more behind it where its encoder is another
  readonly bytes: number;
  readonly analysis: StudyAnalysis;
}

/** By name. @throws SpecError for a file that is not as written */
export function committedStudies(folder = FOLDER): CommittedStudy[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".json") && file !== INDEX);
  return files.sort().map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const { study, result } = parseStudyResults(JSON.parse(text), file);
    const bytes = Buffer.byteLength(text);
    return { name: file.replace(/\.json$/, ""), study, result, bytes, analysis: analyse(study, result) };
  });
}

/** What the page lists before it opens any. */
export function indexText(studies: readonly CommittedStudy[]): string {
  const entries = studies.map(({ name, study, result, bytes, analysis }) => {
    const { title, headline } = studyCard(study, analysis);
    return JSON.stringify({ name, title, headline, runs: result.runs.length, bytes });
  });
  return entries.length === 0 ? "[]\n" : `[\n${entries.join(",\n")}\n]\n`;
}
