// Compares a run with judgements as trec_eval does: which queries count, and how they are averaged. Never prints.
import { DataError } from "../inputError.ts";
import { compareCodePoints } from "../metrics/codePointOrder.ts";
import type { Measure } from "./measureFamilies.ts";
import { OFFICIAL_MEASURES, parseMeasures } from "./measureNames.ts";
import type { Qrels } from "./parseQrels.ts";
import type { Run } from "./parseRun.ts";
import { rankGrades, viewed } from "./rankedGrades.ts";

export interface TrecResults {
  readonly measures: readonly Measure[];
  readonly tag: string; // the run's
  /** In the order of query ids by strcmp, as trec_eval goes; values in the order of `measures`. */
  readonly queries: readonly { readonly id: string; readonly values: Float64Array }[];
  /** Over all queries, in the order of `measures`; NaN for the tag. */
  readonly all: Float64Array;
  readonly onlyInRun: number; // queries without any judgement: never evaluated
  readonly onlyInQrels: number; // queries that the run lacks: evaluated (as 0) only with `complete`
}

export interface TrecOptions {
  /** trec_eval's -c: average over all queries of the qrels, one that the run lacks counting as nothing retrieved. */
  readonly complete?: boolean;
}

const SMALLEST_GEOMETRIC = 1e-5; // trec_eval's floor under each AP of gm_map

/**
 * By default only queries in both files are evaluated, as in trec_eval without -c. A judged query without a relevant
 * document counts, with 0: trec_eval's mean, not the lab's own (METHOD 2), which leaves such queries out.
 *
 * @param names as `parseMeasure` reads them; default trec_eval's official set
 * @throws SpecError on an unknown name, DataError if no query is in both files
 */
export function trecMeasures(
  run: Run,
  qrels: Qrels,
  names: readonly string[] = OFFICIAL_MEASURES,
  { complete = false }: TrecOptions = {},
): TrecResults {
  const measures = parseMeasures(names);
  const judged = [...qrels.keys()];
  const inBoth = judged.filter((id) => run.lists.has(id));
  if (inBoth.length === 0) {
    throw new DataError(
      `no query of the run (${run.lists.size}) is in the qrels (${qrels.size}), expected the same query ids in both`,
    );
  }
  const queries = (complete ? judged : inBoth).sort(compareCodePoints).map((id) => {
    const ranking = rankGrades(run.lists.get(id), qrels.get(id)!);
    return {
      id,
      values: Float64Array.from(measures, ({ ofQuery, cut, view }) => ofQuery(viewed(ranking, view), cut)),
    };
  });
  const all = Float64Array.from(measures, ({ summary }, m) =>
    summarise(
      summary,
      queries.map(({ values }) => values[m]!),
    ),
  );
  const onlyInRun = run.lists.size - inBoth.length;
  return { measures, tag: run.tag, queries, all, onlyInRun, onlyInQrels: qrels.size - inBoth.length };
}

/** @param values at least one, in query order: addition in a fixed order makes the sum independent of the files' */
function summarise(summary: Measure["summary"], values: readonly number[]): number {
  const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0);
  switch (summary) {
    case "mean":
      return sum(values) / values.length;
    case "geometric":
      return Math.exp(
        sum(values.map((value) => Math.log(Math.max(value, SMALLEST_GEOMETRIC)))) / values.length,
      );
    case "sum":
      return sum(values);
    case "queries":
      return values.length;
    case "tag":
      return NaN;
    default:
      return summary satisfies never;
  }
}
