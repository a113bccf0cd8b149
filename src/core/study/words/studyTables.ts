// A study's numbers as tables, before they become Markdown, LaTeX or CSV: a row a cell, a column a measure.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import { cellText } from "../../metrics/metricText.ts";
import type { Cell, ResultTable } from "../../export/resultTable.ts";
import type {
  CellRow,
  ComparedFamily,
  ComparedPair,
  MetricAnalysis,
  SeedMean,
  StudyAnalysis,
} from "../analysis/studyAnalysis.ts";
import { cellLabel, type Study } from "../study.ts";
import { seedsWords } from "./cellWords.ts";
import { nounOf } from "./familyWords.ts";
import { changeCell, pWords, rangeCell, sizeWords, verdictWords } from "./studyNumbers.ts";

const headOf = (metric: string) => findMetric(metric)?.short ?? findMetric(metric)?.label ?? metric;

function meanCell(metric: string, row: SeedMean | undefined): Cell {
  if (!row) return "–";
  const text = (value: number) => cellText({ scale: findMetric(metric)?.scale ?? "other" }, value);
  const { mean, low, high } = row;
  return low === undefined || high === undefined ? text(mean) : [text(mean), `[${text(low)}, ${text(high)}]`];
}

const rowOf = ({ rows }: MetricAnalysis, cell: string): CellRow | undefined =>
  rows.find((row) => row.cell === cell);

/** Means of every cell in every measure, the start and what else stands beside them above. */
export function meansTable(study: Study, { metrics, part }: StudyAnalysis): ResultTable {
  const rows = metrics[0]!.rows;
  const beside = [...new Set(metrics.flatMap((one) => one.beside.map(({ label }) => label)))];
  const seeds = rows.length === 0 ? "no run yet" : seedsWords(rows);
  return {
    caption: `${study.title}: means over ${seeds} on ${part}. Brackets: 95 % interval over seeds by Student’s t.`,
    columns: ["Cell", "Seeds", ...metrics.map(({ metric }) => headOf(metric))],
    rows: [
      ...beside.map((label) => [
        label,
        "–",
        ...metrics.map(({ metric, beside: own }) => {
          const row = own.find((one) => one.label === label);
          return row ? meanCell(metric, { n: row.n, mean: row.mean }) : "–"; // a start that seeds hardly touch
        }),
      ]),
      ...rows.map(({ cell, n }) => [
        cellLabel(study, cell),
        String(n),
        ...metrics.map((one) => meanCell(one.metric, rowOf(one, cell))),
      ]),
    ],
  };
}

/** A table for each family: every pair in every measure, with the verdict in the primary one. */
export const familyTables = (study: Study, analysis: StudyAnalysis): ResultTable[] =>
  analysis.metrics[0]!.families.filter(({ pairs }) => pairs.length > 0).map((family) =>
    familyTable(study, analysis, family),
  );

function familyTable(study: Study, { metrics, looks }: StudyAnalysis, family: ComparedFamily): ResultTable {
  const { asks, pairs } = family;
  const noun = nounOf(study, family);
  const [primary] = metrics;
  const size = sizeWords(study.primary, study.smallestEffect);
  const isTested = pairs.some(({ against }) => against.kind === "signFlips");
  const kinds = isTested ? "of what sign flips do not rule out in the family" : "by Student’s t";
  const among = Math.max(...pairs.map(({ against }) => against.among ?? 1));
  const over = `over the ${counted(among, noun)}${looks.all.length > 1 ? " and all looks" : ""}`;
  const isEarlier = pairs.some(({ against }) => (against.nTested ?? against.n) < against.n);
  const decided = isEarlier ? " Where an earlier look found a difference, both p are of its seeds." : "";
  const decidedElsewhere = primary!.rows.filter(
    ({ cell, against }) => against && pairs.every((pair) => pair.cell !== cell),
  ).length;
  const elsewhere =
    asks === "control" && decidedElsewhere > 0
      ? ` ${counted(decidedElsewhere, "rule whose own mean this is stands", "rules whose own mean this is stand")} in the table of those.`
      : "";
  const hasSeveral = new Set(pairs.map(({ other }) => other)).size > 1;
  const minus = hasSeveral
    ? asks === "mean"
      ? "its own mean held fixed"
      : "its own way backwards"
    : cellLabel(study, pairs[0]!.other);
  const pairIn = (metric: MetricAnalysis, { cell, other }: ComparedPair) =>
    metric.families.flatMap((one) => one.pairs).find((one) => one.cell === cell && one.other === other)
      ?.against;
  return {
    caption: `${study.title}: each ${noun} minus ${minus}, paired by seed; shares in points of a hundred. Brackets: 95 % intervals over seeds, ${kinds}. p and verdict: ${findMetric(study.primary)?.label ?? study.primary}; p of each ${noun} alone, and adjusted ${over}.${decided}${elsewhere}`,
    columns: [
      noun === "rule" ? "Rule" : "Cell",
      ...(hasSeveral ? ["Against"] : []),
      "Seeds",
      ...metrics.map(({ metric }) => headOf(metric)),
      "p",
      "Adjusted",
      "Verdict",
    ],
    rows: pairs.map((pair): readonly Cell[] => {
      const { cell, other, against } = pair;
      return [
        cellLabel(study, cell),
        ...(hasSeveral ? [cellLabel(study, other)] : []),
        String(against.n),
        ...metrics.map((one): Cell => {
          const own = pairIn(one, pair);
          const range = own && rangeCell(one.metric, own);
          const change = own ? changeCell(one.metric, own) : "–";
          return range === undefined ? change : [change, range];
        }),
        against.p === undefined ? "–" : pWords(against.p),
        against.adjusted === undefined ? "–" : pWords(against.adjusted),
        verdictWords(against.verdict, size),
      ];
    }),
  };
}

/** Low- beside high-resource languages and other groups, in the primary measure; undefined where there are none. */
export function groupsTable(study: Study, { metrics }: StudyAnalysis): ResultTable | undefined {
  const { metric, groups, gaps, rows } = metrics[0]!;
  const [first, second] = groups;
  if (!first || !second) return undefined;
  return {
    caption: `${study.title}: ${findMetric(metric)?.label ?? metric} by group of languages. Brackets: 95 % interval over seeds by Student’s t.`,
    columns: [
      "Cell",
      ...groups.map(({ name, languages }) => `${name} (${languages.length})`),
      `${first.name} − ${second.name}`,
    ],
    rows: rows.map(({ cell }) => {
      const gap = gaps.find((one) => one.cell === cell)?.gap;
      const range = gap && rangeCell(metric, gap);
      const change = gap ? changeCell(metric, gap) : "–";
      return [
        cellLabel(study, cell),
        ...groups.map(({ cells }) =>
          meanCell(
            metric,
            cells.find((one) => one.cell === cell),
          ),
        ),
        range === undefined ? change : ([change, range] as const),
      ];
    }),
  };
}
