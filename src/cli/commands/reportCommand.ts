// `lab report`: finished runs as a table, a file for mteb or long-form CSV. Runs and evaluates nothing.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { latexTable, markdownTable } from "../../core/export/formatTable.ts";
import { mtebResult } from "../../core/export/mtebResult.ts";
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { languageTable, runsTable, type TableRun } from "../../core/export/resultTable.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { differenceText } from "../../core/metrics/metricText.ts";
import { pointsCsv } from "../../core/series/csv.ts";
import { SpecError } from "../../core/inputError.ts";
import { compareQueries, intervalsOf } from "../../core/stats/compareQueries.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { finishResampling } from "../../core/stats/resampling.ts";
import { sameTest } from "../../core/record/sameTest.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const FORMATS = ["markdown", "latex", "csv", "mteb", "compare"] as const;
type Format = (typeof FORMATS)[number];

interface ReadRun extends TableRun {
  readonly queryValues?: QueryValues;
  readonly startValues?: QueryValues;
}

/**
 * `markdown` and `latex` print one table of all runs, with --languages one per run; `csv` every point of all runs;
 * `mteb` the result file of one run; `compare` the first run minus the second, per metric and language, or one run minus
 * its evaluation before training.
 */
export async function reportCommand(args: string[], io: CommandIo): Promise<0> {
  const options = { to: { type: "string" }, languages: { type: "boolean" }, ...QUIET } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const format = FORMATS.find((known) => known === (values.to ?? "markdown"));
  if (!format) throw new SpecError(`report: --to must be one of ${FORMATS.join(", ")}, got "${values.to}"`);
  if (positionals.length === 0) throw new SpecError("report: name at least one run.json");
  const most: Partial<Record<Format, number>> = { mteb: 1, compare: 2 };
  if (positionals.length > (most[format] ?? positionals.length)) {
    const what = format === "compare" ? "one or two" : "one";
    throw new SpecError(`report: --to ${format} takes ${what} run.json, got ${positionals.length}`);
  }
  const runs: ReadRun[] = [];
  for (const file of positionals) runs.push(await readRun(file, format !== "csv" && format !== "mteb"));
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
        runs.map(({ name, record }) => ({ name, seed: record.spec.seed, points: record.points })),
      );
    case "mteb":
      return JSON.stringify(mtebResult(runs[0]!.record, runs[0]!.name), null, 2);
    case "compare":
      return runs[1] ? comparison(runs[0]!, runs[1]) : comparison(runs[0]!, startOf(runs[0]!));
    default:
      return format satisfies never;
  }
}

async function readRun(file: string, withIntervals: boolean): Promise<ReadRun> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new SpecError(`${file}: cannot be read (${error.code}); name a run.json`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SpecError(`${file}: is not JSON (${(error as Error).message})`);
  }
  const { record, queryValues, startValues } = parseRecordFile(value, file);
  const intervals = queryValues && withIntervals ? finishResampling(intervalsOf(queryValues)) : undefined;
  return {
    name: path.basename(file, ".json"),
    record,
    ...(intervals && { intervals }),
    ...(queryValues && { queryValues }),
    ...(startValues && { startValues }),
  };
}

/** The same test by the starting weights. */
function startOf({ name, record, startValues }: ReadRun): ReadRun {
  if (startValues) return { name: "before training", record, queryValues: startValues };
  throw new SpecError(
    `report: ${name} lacks perQueryBefore, the values before training; name a second run.json to compare with`,
  );
}

/** Tab-separated: metric, language or "all", difference, interval, p, p by Holm over languages, question groups. */
function comparison(first: ReadRun, second: ReadRun): string {
  for (const { name, queryValues } of [first, second]) {
    if (!queryValues) throw new SpecError(`report: ${name} lacks perQuery, the values of single queries`);
  }
  const compared = compareQueries(first.queryValues!, second.queryValues!);
  if (!compared || !sameTest(first.record, second.record)) {
    throw new SpecError(
      `report: ${first.name} and ${second.name} were not tested on the same queries and passages`,
    );
  }
  const rows = [`metric\tlang\t${first.name} - ${second.name}\tlow\thigh\tp\tpHolm\tgroups`];
  for (const [metric, { overall, byLanguage }] of Object.entries(finishResampling(compared))) {
    const all = overall ? [["all", overall] as const] : [];
    for (const [lang, { estimate, low, high, p, pHolm, clusters }] of [
      ...all,
      ...Object.entries(byLanguage),
    ]) {
      const numbers = [estimate, low, high].map((x) => differenceText(findMetric(metric), x));
      rows.push([metric, lang, ...numbers, p.toFixed(4), pHolm?.toFixed(4) ?? "", clusters].join("\t"));
    }
  }
  return rows.join("\n");
}
