// Prints results as trec_eval does: `name<TAB>query<TAB>value`, 4 digits. Differs only in not padding the name.
import type { Measure } from "./measureFamilies.ts";
import type { TrecResults } from "./trecMeasures.ts";

/** Measures of the whole run that trec_eval prints for `all` only. */
const ONLY_FOR_ALL: readonly Measure["summary"][] = ["tag", "queries", "geometric"];

/**
 * @returns lines, each ended by a line feed; with `perQuery` (trec_eval's -q) those of each query stand first
 */
export function formatTrec(results: TrecResults, { perQuery = false } = {}): string {
  const lines: string[] = [];
  const add = (id: string, values: Float64Array, measures: readonly Measure[]) => {
    measures.forEach((measure, m) => {
      if (id !== "all" && ONLY_FOR_ALL.includes(measure.summary)) return;
      lines.push(`${measure.name}\t${id}\t${formatValue(measure, values[m]!, results.tag)}\n`);
    });
  };
  if (perQuery) for (const { id, values } of results.queries) add(id, values, results.measures);
  add("all", results.all, results.measures);
  return lines.join("");
}

function formatValue(measure: Measure, value: number, tag: string): string {
  if (measure.summary === "tag") return tag;
  return measure.integer ? String(value) : formatFourDigits(value);
}

/**
 * C's "%.4f": an exact tie goes to the even digit, where toFixed rounds up (0.03125 is 0.0312, not 0.0313).
 * A double is such a tie only if it is an odd multiple of 1/32: (2n + 1)/20000 with 20000 = 32 * 625.
 */
function formatFourDigits(value: number): string {
  if (Math.abs((value * 32) % 2) !== 1) return value.toFixed(4);
  const below = Math.floor(value * 10_000); // exact: value * 10000 = odd * 312.5
  return ((below % 2 === 0 ? below : below + 1) / 10_000).toFixed(4);
}
