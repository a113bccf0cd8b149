// Every file a run can be saved as: what it is, its name and its content. Saves nothing.
import { latexTable, markdownTable } from "../../core/export/formatTable.ts";
import { mtebResult } from "../../core/export/mtebResult.ts";
import { pairsCsv } from "../../core/export/pairsCsv.ts";
import { recordJson } from "../../core/export/recordJson.ts";
import { languageTable, runsTable, type TableRun } from "../../core/export/resultTable.ts";
import { pointsOf } from "../../state/run/runFile.ts";
import { fileName, pointsCsv } from "../../core/series/csv.ts";
import { UNCOVERED } from "../../core/record/misfits.ts";
import type { Intervals } from "../../core/stats/bootstrap.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { detailOf, type Run } from "../../state/run/run.ts";

export type ExportFormat = "json" | "csv" | "pairs" | "markdown" | "latex" | "mteb";

export interface ExportChoice {
  readonly run: Run;
  readonly shown: readonly Run[]; // the run and those drawn beside it
  readonly allShown: boolean;
  readonly byLanguage: boolean;
  readonly perQuery: boolean;
  readonly intervals: ReadonlyMap<QueryValues, Intervals>;
}

export interface FormatWords {
  readonly format: ExportFormat;
  readonly label: string;
  readonly help: string;
  readonly needsRecord: boolean;
  readonly isTable: boolean;
}

export const FORMATS: readonly FormatWords[] = [
  {
    format: "json",
    label: "Run record (JSON)",
    needsRecord: true,
    isTable: false,
    help: `Everything: settings, device, every point, final results, digest. The lab opens it again and says if it was altered, and “lab replay” checks it. Altered unnoticed could be: ${UNCOVERED}.`,
  },
  {
    format: "csv",
    label: "Every point (CSV)",
    needsRecord: false,
    isTable: false,
    help: "Long form for spreadsheets, R and pandas: run, seed, step, metric, language, kind, value.",
  },
  {
    format: "pairs",
    label: "Pairs of languages (CSV)",
    needsRecord: true,
    isTable: false,
    help: "mAP of each pair of languages, and the measures asked for by pair (ndcg@10/pairs), with MTEB’s name of the pair where its task is the same.",
  },
  {
    format: "markdown",
    label: "Table (Markdown)",
    needsRecord: true,
    isTable: true,
    help: "Final results with their 95 % intervals, for a README or an issue.",
  },
  {
    format: "latex",
    label: "Table (LaTeX)",
    needsRecord: true,
    isTable: true,
    help: "The same table with booktabs rules, no wider than a column, for a paper.",
  },
  {
    format: "mteb",
    label: "MTEB result (JSON)",
    needsRecord: true,
    isTable: false,
    help: "nDCG@10 and recall@100 per language in the file format of the mteb package; of Belebele also per pair, where ndcg@10/pairs was measured.",
  },
];

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

function tableRun(run: Run, intervals: ExportChoice["intervals"]): TableRun[] {
  const { record, queryValues } = detailOf(run);
  const own = queryValues && intervals.get(queryValues);
  return record ? [{ name: run.name, record, misfits: run.misfits, ...(own && { intervals: own }) }] : [];
}

/** @throws SpecError with one sentence where a run lacks what the format needs */
export function exportFile(format: ExportFormat, choice: ExportChoice): ExportFile {
  const { run, shown, allShown, byLanguage, perQuery, intervals } = choice;
  const runs = allShown ? shown : [run];
  const several = runs.length > 1 ? ` and ${runs.length - 1} more` : "";
  const named = (what: string, ending: string) => fileName(`${run.name}${several} ${what}`, ending);
  const { record, ...values } = detailOf(run);
  const { queryValues, startValues } = perQuery ? values : {};
  switch (format) {
    case "csv":
      return {
        name: named("points", "csv"),
        type: "text/csv",
        text: pointsCsv(runs.map((one) => pointsOf(one))),
      };
    case "pairs":
      return {
        name: named("pairs of languages", "csv"),
        type: "text/csv",
        text: pairsCsv(runs.flatMap((one) => tableRun(one, intervals))),
      };
    case "markdown":
    case "latex": {
      const rows = runs.flatMap((one) => tableRun(one, intervals));
      const tables = byLanguage ? rows.map(languageTable) : [runsTable(rows)];
      const print = format === "latex" ? latexTable : markdownTable;
      const what = byLanguage ? "by language" : "results";
      return {
        name: named(what, format === "latex" ? "tex" : "md"),
        type: format === "latex" ? "application/x-tex" : "text/markdown",
        text: tables.map(print).join("\n"),
      };
    }
    case "mteb":
      return {
        name: fileName(`${run.name} mteb`, "json"),
        type: "application/json",
        text: record ? `${JSON.stringify(mtebResult(record, run.name), null, 2)}\n` : "",
      };
    case "json":
      return {
        name: fileName(`${run.name} record`, "json"),
        type: "application/json",
        text: record ? recordJson(record, queryValues, startValues) : "",
      };
    default:
      return format satisfies never;
  }
}
