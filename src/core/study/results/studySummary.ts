// A study's summary file: what became of its runs and what they say, from their records alone. Equal records give equal text,
// whoever ran them and in whatever order they ended.
import { canonicalJson } from "../../data/canonicalJson.ts";
import { analyse } from "../analysis/analyse.ts";
import type { Study } from "../study.ts";
import { studyIdentity } from "../studyIdentity.ts";
import type { CellRun, StudyResult } from "../studyResult.ts";

export const SUMMARY_SCHEMA = "hybrid-batch-lab/study-summary@1";

/** JSON with a run a line, runs in the order of the study's cells, then seeds; values of single questions stay out. */
export function studySummary(study: Study, result: StudyResult): string {
  const names = study.cells.map(({ name }) => name);
  const inOrder = <R extends { readonly cell: string; readonly seed: number }>(runs: readonly R[]): R[] =>
    [...runs].sort((a, b) => names.indexOf(a.cell) - names.indexOf(b.cell) || a.seed - b.seed);
  const runs = inOrder(result.runs).map(({ queryValues: _, ...run }): CellRun => run);
  const missing = inOrder(result.missing);
  const parts = [
    ["schema", canonicalJson(SUMMARY_SCHEMA)],
    ["study", canonicalJson(studyIdentity(study))],
    ["analysis", canonicalJson(analyse(study, { runs, missing }))],
    ["missing", lines(missing)],
    ["runs", lines(runs)],
  ];
  return `{${parts.map(([name, text]) => `\n"${name}":${text}`).join(",")}\n}\n`;
}

const lines = (list: readonly unknown[]): string =>
  `[${list.map((one) => `\n${canonicalJson(one)}`).join(",")}]`;
