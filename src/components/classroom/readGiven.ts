// Reads the files that a teacher gives, one after another, so that one that cannot be read costs none of the others.
import { findResults, type Result } from "../../core/classroom/resultFile.ts";
import { wholeFile } from "../../core/formats/wholeFile.ts";
import { messageOf } from "../../core/messageOf.ts";

export interface ReadFiles {
  readonly results: readonly Result[];
  readonly broken: readonly string[]; // a sentence for each file that could not be read; it names the file
}

const MAX_BYTES = 64 * 2 ** 20; // of one file: a run.json with the values of single questions has some megabytes

export async function readGiven(files: readonly File[]): Promise<ReadFiles> {
  const results: Result[] = [];
  const broken: string[] = [];
  for (const file of files) {
    try {
      for (const read of findResults(file.name, await wholeFile(file, MAX_BYTES, "a result"))) {
        try {
          results.push(read());
        } catch (error) {
          broken.push(messageOf(error));
        }
      }
    } catch (error) {
      broken.push(messageOf(error));
    }
  }
  return { results, broken };
}
