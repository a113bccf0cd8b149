// Studies whose results come with the page (public/studies): which there are, and one of them read. Trains nothing.
import { SpecError } from "../../core/inputError.ts";
import { parsePublishedIndex, type PublishedStudy } from "../../core/study/results/publishedIndex.ts";
import { parseStudyResults, type StudyWithResult } from "../../core/study/results/parseStudyResults.ts";

/** A file of the page's folder. */
export type ReadFile = (path: string) => Promise<unknown>;

export const readPageFile: ReadFile = async (path) => {
  const answer = await fetch(new URL(import.meta.env.BASE_URL + path, document.baseURI));
  if (!answer.ok) throw new SpecError(`${path} could not be fetched (${answer.status}); reload the page`);
  return answer.json();
};

/** Rejects never: a page without any has none to show. */
export async function publishedStudies(read: ReadFile = readPageFile): Promise<readonly PublishedStudy[]> {
  try {
    return parsePublishedIndex(await read("studies/index.json"));
  } catch {
    return [];
  }
}

/** @throws Error in one sentence where it cannot be fetched or is not as written */
export const publishedStudy = async (name: string, read: ReadFile = readPageFile): Promise<StudyWithResult> =>
  parseStudyResults(await read(`studies/${name}.json`), name);
