// `lab report`: finished runs as a table, a file for mteb or long-form CSV; a study's card. Runs and evaluates nothing.
import path from "node:path";
import { parseArgs } from "node:util";
import { latexTable, markdownTable } from "../../core/export/formatTable.ts";
import { mtebResult } from "../../core/export/mtebResult.ts";
import { pairsCsv } from "../../core/export/pairsCsv.ts";
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { languageTable, runsTable, type TableRun } from "../../core/export/resultTable.ts";
import { givenJson } from "../../core/formats/givenText.ts";
import { pointsCsv } from "../../core/series/csv.ts";
import { SpecError } from "../../core/inputError.ts";
import { intervalsOf } from "../../core/stats/compareQueries.ts";
import { finishResampling } from "../../core/stats/resampling.ts";
import { isStudy, refuseFolder, reportStudy } from "./reportStudy.ts";
import { compareReport, type ComparedRun } from "./compareReport.ts";
import { misfitSentence, misfitsOf, namedRun } from "../../core/record/misfits.ts";
import { readGiven } from "../files/readGiven.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const FORMATS = ["markdown", "latex", "csv", "pairs", "mteb", "compare"] as const;
type Format = (typeof FORMATS)[number];

type ReadRun = TableRun & ComparedRun;

export const REPORT_OPTIONS = {
  to: { type: "string" },
  out: { type: "string" },
  equal: { type: "string" },
  languages: { type: "boolean" },
  ...QUIET,
} as const;

/**
 * `markdown` and `latex` print one table of all runs, with --languages one per run; `csv` every point of all runs;
 * `pairs` what was measured of each pair of languages; `mteb` the result file of one run; `compare` the first run minus the second, per metric and language, one run minus
 * its evaluation before training, or the seeds of one experiment minus those of another. Of a study: reportStudy.ts.
 */
export async function reportCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: REPORT_OPTIONS, allowPositionals: true });
  const [first] = positionals;
  if (first !== undefined && (await isStudy(first))) {
    if (positionals.length > 1)
      throw new SpecError(`report: name one study, got ${positionals.length} names`);
    io.out((await reportStudy(first, values)).trimEnd());
    return 0;
  }
  if (values.out !== undefined) throw new SpecError("report: --out is for a study’s --to zip");
  if (values.equal !== undefined) throw new SpecError("report: --equal is for a study");
  const format = FORMATS.find((known) => known === (values.to ?? "markdown"));
  if (!format) throw new SpecError(`report: --to must be one of ${FORMATS.join(", ")}, got "${values.to}"`);
  if (positionals.length === 0) throw new SpecError("report: name at least one run.json");
  if (format === "mteb" && positionals.length > 1) {
    throw new SpecError(`report: --to mteb takes one run.json, got ${positionals.length}`);
  }
  for (const name of positionals) refuseFolder(name);
  const runs: ReadRun[] = [];
  for (const file of positionals)
    runs.push(await readRun(file, format === "markdown" || format === "latex", io.err));
  io.out(textOf(format, runs, values.languages === true).trimEnd());
  return 0;
}

function textOf(format: Format, runs: readonly ReadRun[], byLanguage: boolean): string {
  const tables = byLanguage ? runs.map(languageTable) : [runsTable(runs)];
  switch (format) {
    case "markdown":
      return tables.map(markdownTable).join("\n");
    case "latex":
      return tables.map(latexTable).join("\n");
    case "csv":
      return pointsCsv(
        runs.map((run) => ({
          name: namedRun(run),
          seed: run.record.spec.seed,
          id: run.record.digest,
          points: run.record.points,
        })),
      );
    case "pairs":
      return pairsCsv(runs);
    case "mteb":
      return JSON.stringify(mtebResult(runs[0]!.record, runs[0]!.name), null, 2);
    case "compare":
      return compareReport(runs);
    default:
      return format satisfies never;
  }
}

async function readRun(file: string, withIntervals: boolean, say: CommandIo["err"]): Promise<ReadRun> {
  const value = givenJson(await readGiven(file, "a run.json"), file, "a run.json");
  const parsed = parseRecordFile(value, file);
  const { record, queryValues, startValues } = parsed;
  const misfits = misfitsOf(parsed);
  if (misfits.length > 0) say(misfitSentence(file, misfits));
  const intervals = queryValues && withIntervals ? finishResampling(intervalsOf(queryValues)) : undefined;
  return {
    name: path.basename(file).replace(/\.(json|html)$/i, ""),
    record,
    misfits,
    ...(intervals && { intervals }),
    ...(queryValues && { queryValues }),
    ...(startValues && { startValues }),
  };
}
