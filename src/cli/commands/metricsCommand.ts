// `lab metrics`: trec_eval's measures of a run file against a qrels file.
import { counted } from "../../core/counted.ts";
import { parseArgs } from "node:util";
import { formatTrec } from "../../core/trec/formatTrec.ts";
import { parseQrels } from "../../core/trec/parseQrels.ts";
import { parseRun } from "../../core/trec/parseRun.ts";
import { decodeTrec } from "../../core/trec/trecLines.ts";
import { trecMeasures } from "../../core/trec/trecMeasures.ts";
import { DataError } from "../../core/inputError.ts";
import { readGiven } from "../files/readGiven.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const USAGE = "lab metrics --run RUN --qrels QRELS [-m MEASURE]… [-q] [-c]";

export const METRICS_OPTIONS = {
  run: { type: "string" },
  qrels: { type: "string" },
  measure: { type: "string", short: "m", multiple: true },
  perQuery: { type: "boolean", short: "q" },
  complete: { type: "boolean", short: "c" },
  ...QUIET,
} as const;

export async function metricsCommand(args: string[], io: CommandIo): Promise<0> {
  const { values } = parseArgs({ args, options: METRICS_OPTIONS });
  if (values.run === undefined || values.qrels === undefined) {
    throw new DataError(`metrics: both --run and --qrels must name a file; usage: ${USAGE}`);
  }
  const read = async (file: string) => decodeTrec(await readGiven(file, "an existing file"), file);
  const run = parseRun(await read(values.run), values.run);
  const qrels = parseQrels(await read(values.qrels), values.qrels);
  const results = trecMeasures(run, qrels, values.measure, { complete: values.complete === true });
  io.out(formatTrec(results, { perQuery: values.perQuery === true }).trimEnd());
  if (results.onlyInRun > 0)
    io.err(`left out: ${counted(results.onlyInRun, "query", "queries")} of the run without a judgement`);
  if (results.onlyInQrels > 0) {
    const how = values.complete === true ? "counted as 0" : "left out (-c counts as 0)";
    io.err(`${how}: ${counted(results.onlyInQrels, "judged query", "judged queries")} that the run lacks`);
  }
  return 0;
}
