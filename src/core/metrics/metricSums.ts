// Sums the values of single queries into the means that the metric table asks for. Ranks nothing, measures nothing itself.
import type { EvalMetric, QueryMeasure, SeenRanks } from "./metric.ts";
import { createMeanTable, meanDefined, type MeanTable } from "./languageMeans.ts";
import type { PerQueryBuilder } from "./perQuery.ts";

export interface MetricSums {
  /** A query in the pool of all languages. */
  addAll(query: number, seen: SeenRanks): void;
  /** A query in the pool of one language: at most once per query and pool. */
  addPool(query: number, pool: number, seen: SeenRanks): void;
  /** Mean over languages, or over pairs of them; null where nothing is defined. */
  overall(metric: EvalMetric): number | null;
  ofLanguage(metric: EvalMetric, lang: number): number | null;
  /** Mean of a measure over the queries in x that have a relevant passage in pool y, and their number. */
  cell(measure: string, x: number, y: number): number | null;
  count(measure: string, x: number, y: number): number;
}

/** One measure in the pools of single languages, for all metrics that ask for it there. */
interface CellColumn {
  readonly measure: QueryMeasure;
  readonly othersToo: boolean; // some metric asks for pools of other languages
  readonly table: MeanTable; // (L, L) query language x passage language
  readonly keep: ((query: number, pool: number, value: number) => void) | undefined;
}

interface AllColumn {
  readonly measure: QueryMeasure;
  readonly table: MeanTable; // (L)
  readonly values: Float64Array | undefined; // (Q)
}

/** "recall@1" of "recall@1/mono": metrics of one name differ in their pool only. */
export const measureName = (path: string) => path.split("/")[0]!;

export function createMetricSums(
  metrics: readonly EvalMetric[],
  queryLangs: Uint16Array,
  nLangs: number,
  perQuery: PerQueryBuilder,
): MetricSums {
  const cells = new Map<string, CellColumn>();
  const everyone = new Map<string, AllColumn>();
  for (const { path, pool, ofQuery } of metrics) {
    if (!ofQuery) continue;
    if (pool === "multi") {
      const values = perQuery.values[path];
      everyone.set(path, { measure: ofQuery, table: createMeanTable(nLangs), values });
      continue;
    }
    const name = measureName(path);
    const same = cells.get(name);
    cells.set(name, {
      measure: ofQuery,
      othersToo: pool === "cross" || same?.othersToo === true,
      table: same?.table ?? createMeanTable(nLangs * nLangs),
      keep: same ? same.keep : perQuery.inPools(name),
    });
  }
  const allColumns = [...everyone.values()];
  const cellColumns = [...cells.values()];
  const langs = Array.from({ length: nLangs }, (_, lang) => lang);
  const others = (x: number) => langs.filter((y) => y !== x).map((y) => x * nLangs + y);
  const tableOf = ({ path }: EvalMetric) => (everyone.get(path) ?? cells.get(measureName(path)))!.table;

  return {
    addAll(query, seen) {
      for (const { measure, table, values } of allColumns) {
        const value = measure(seen);
        if (value === undefined) continue;
        table.add(queryLangs[query]!, value);
        if (values) values[query] = value;
      }
    },
    addPool(query, pool, seen) {
      const lang = queryLangs[query]!;
      for (const { measure, othersToo, table, keep } of cellColumns) {
        if (pool !== lang && !othersToo) continue;
        const value = measure(seen);
        if (value === undefined) continue;
        table.add(lang * nLangs + pool, value);
        keep?.(query, pool, value);
      }
    },
    overall(metric) {
      const table = tableOf(metric);
      return meanDefined(langs.flatMap((x) => cellsOf(metric, x)).map((cell) => table.mean(cell)));
    },
    ofLanguage(metric, x) {
      const table = tableOf(metric);
      return meanDefined(cellsOf(metric, x).map((cell) => table.mean(cell)));
    },
    cell: (measure, x, y) => cells.get(measure)!.table.mean(x * nLangs + y),
    count: (measure, x, y) => cells.get(measure)!.table.count(x * nLangs + y),
  };

  /** The cells of a metric's table that are of query language x. */
  function cellsOf({ pool }: EvalMetric, x: number): number[] {
    return pool === "multi" ? [x] : pool === "mono" ? [x * nLangs + x] : others(x);
  }
}
