// What of a study is here beside its results: the records of its runs, and when it was made.
import type { RecordFile } from "../../core/export/recordJson.ts";
import type { CellRun } from "../../core/study/studyResult.ts";

export interface StudyFiles {
  /** @throws Error with one sentence where it cannot be read */
  readonly recordOf?: ((run: Pick<CellRun, "cell" | "seed">) => Promise<RecordFile>) | undefined;
  readonly date?: string | undefined; // YYYY-MM-DD; left out: of today
  readonly rankings?: (() => AsyncIterable<readonly [path: string, text: string]>) | undefined;
}
