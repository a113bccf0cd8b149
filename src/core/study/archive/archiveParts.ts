// What a study's zip is made of. Plain data and the ways to it; studyArchive.ts writes the files.
import type { RunRecord } from "../../record/runRecord.ts";
import type { QueryValues } from "../../stats/queryValues.ts";
import type { StudyAnalysis } from "../analysis/studyAnalysis.ts";
import type { Study } from "../study.ts";
import type { StudyResult } from "../studyResult.ts";
import type { DescribedDataset } from "./croissant.ts";

export interface ArchivedRun {
  readonly cell: string;
  readonly seed: number;
  readonly record: RunRecord;
  readonly queryValues?: QueryValues | undefined;
}

export interface StudyArchive {
  readonly study: Study;
  readonly result: StudyResult;
  readonly analysis: StudyAnalysis; // of both
  /** Whole records of the result's runs, in its order; left out where there are only compact results. */
  readonly runs?: (() => AsyncIterable<ArchivedRun>) | undefined;
  readonly figures: ReadonlyMap<string, { readonly title: string; readonly svg: string }>; // by name without ending
  /** TREC runs and qrels: path inside trec/, text. */
  readonly rankings?: (() => AsyncIterable<readonly [path: string, text: string]>) | undefined;
  readonly datasets: readonly DescribedDataset[];
  readonly date: string; // YYYY-MM-DD: of its last run, as far as that is known
}
