// Which lines each figure draws: metrics of runs as series with their looks. Pure; knows no component.
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { languageLabel, isHeldOut } from "../words/languageWords.ts";
import { findColumn, languageColumns } from "../../core/record/pointColumns.ts";
import type { EvalMetric } from "../../core/metrics/metric.ts";
import { cutMetric } from "../../core/metrics/cuts.ts";
import { EVAL_METRICS, isStanding } from "../../core/metrics/metricTable.ts";
import { BATCH_KINDS, kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { EMPTY_LINE, exactValue, smoothedLine, stepsOf, type ChartSeries } from "../charts/chartSeries.ts";
import { faintLast } from "../charts/lineTicks.ts";
import { DASHES, lineLook, type LineLook } from "../../core/picture/lineLook.ts";
import { askedLines } from "../rules/askedMix.ts";
import { parentColumn, parentPart } from "./branchSeries.ts";

/** Its look is that of one run alone: several runs are told apart by colour and mark instead. */
export interface MetricLook extends LineLook {
  readonly metric: string;
  readonly label: string;
  readonly smooth?: boolean;
}

/** Kinds alone have the kinds' colours. */
const kindLook = (kind: BatchKind, i: number): LineLook => ({
  ...lineLook(i),
  colour: `var(--kind-${kind})`,
});
export const LOSSES: readonly MetricLook[] = BATCH_KINDS.map((kind, i) => ({
  metric: `loss/${kind}`,
  label: kindFacts(kind).short,
  ...kindLook(kind, i),
  smooth: true,
}));
export const RATIOS: readonly MetricLook[] = BATCH_KINDS.map((kind, i) => ({
  metric: `ratio/${kind}`,
  label: kindFacts(kind).short,
  ...kindLook(kind, i),
}));
export const WEIGHTS: readonly MetricLook[] = BATCH_KINDS.map((kind, i) => ({
  metric: `weight/${kind}`,
  label: kindFacts(kind).short,
  ...kindLook(kind, i),
}));

/** What was asked of a run's batches, thin beside what was drawn. */
export function askedSeries(run: Run): ChartSeries[] {
  return askedLines(run).map(({ kind, line }) => ({
    id: `${run.id}/mix/${kind}`,
    label: `${kindFacts(kind).short}, asked`,
    ...kindLook(kind, BATCH_KINDS.indexOf(kind)),
    line,
    thin: true,
  }));
}

/**
 * Shares of kinds with the unsaid ones filled in: a kind that was not drawn since the last count has no point there,
 * and its share was 0.
 */
export function mixSeries(runs: readonly Run[]): ChartSeries[] {
  return runs.flatMap((run) => {
    const own = metricSeries([run], RATIOS).filter(({ upTo }) => upTo === undefined);
    const steps = stepsOf(own);
    return own.map((one) => {
      const values = steps.map((step) => exactValue(one, step) ?? 0);
      return { ...one, line: { steps, values, length: steps.length } };
    });
  });
}

/** Drawn over the steps of a run and language by language. */
export const MAP_METRICS: readonly EvalMetric[] = EVAL_METRICS.filter(({ path }) => path.startsWith("map/"));
/** Cuts that any of the runs asked for, without those that every run has. */
export const askedCuts = (runs: readonly Run[]): readonly EvalMetric[] =>
  [...new Set(runs.flatMap(({ spec }) => spec.evaluate.cuts))]
    .filter((path) => !isStanding(path))
    .flatMap((path) => cutMetric(path) ?? []);

export const cutLooks = (runs: readonly Run[]): readonly MetricLook[] =>
  askedCuts(runs).map(({ path, label }, i) => ({ metric: path, label, ...lineLook(i) }));

export const MAPS: readonly MetricLook[] = MAP_METRICS.map(({ path, label, short }, i) => ({
  metric: path,
  label: short ?? label,
  ...lineLook(i),
}));

/**
 * One line per run and metric. Alone, a run's metrics have their own looks; beside others colour and mark = run, and
 * dash = metric where there are several. Metrics that no run has are left out, unless `keepEmpty` wants their place in the legend.
 */
export function metricSeries(
  runs: readonly Run[],
  looks: readonly MetricLook[],
  keepEmpty = false,
): ChartSeries[] {
  const several = runs.length > 1;
  return runs.flatMap((run) =>
    looks.flatMap((look, i): ChartSeries[] => {
      const column = findColumn(detailOf(run).points, look.metric);
      const before = parentColumn(run, look.metric);
      if (!column && !before && !keepEmpty) return [];
      const { colour, dash, marker, smooth = false } = look;
      const dashes = looks.length > 1 && { dash: DASHES[i % DASHES.length] };
      const shown = {
        id: `${run.id}/${look.metric}`,
        label: labelOf(run, look, several, looks.length),
        end: several ? run.name : look.label,
        ...(several && { mix: run.spec }),
        ...(several ? { ...lineLook(run.colour), ...dashes } : { colour, dash, marker }),
      };
      const ofParent = before ? [parentPart(run, shown, { before, after: column, smooth })] : [];
      if (!smooth || !column) return [...ofParent, { ...shown, line: column ?? EMPTY_LINE }];
      // Several runs' raw losses on one another are noise: only the smoothed lines are drawn then.
      const raw = { ...shown, id: `${shown.id}/raw`, line: column, faint: true, thin: true, unlisted: true };
      return [...(several ? [] : [raw]), ...ofParent, { ...shown, line: smoothedLine(column) }];
    }),
  );
}

function labelOf(run: Run, look: MetricLook, several: boolean, nLooks: number): string {
  const own = look.smooth ? `${look.label}, smoothed` : look.label;
  return several ? (nLooks > 1 ? `${run.name}: ${own}` : run.name) : own;
}

const FEW = 16; // languages that looks can still tell apart in one chart

/** One line per language of one run; the marks of held-out ones are hollow, and they are named so. */
export function languageSeries(run: Run, metric: string, brought: ReadonlySet<string>): ChartSeries[] {
  const columns = languageColumns(detailOf(run).points, metric);
  const trained = columns.filter(({ lang }) => !isHeldOut(run, lang!));
  const heldOut = columns.filter(({ lang }) => isHeldOut(run, lang!));
  const many = columns.length > FEW;
  const inOrder = many ? [...heldOut, ...trained] : [...trained, ...heldOut];
  const series = inOrder.flatMap((column, i): ChartSeries[] => {
    const lang = column.lang!;
    const out = isHeldOut(run, lang);
    const grey = many && !out && !brought.has(lang);
    const own = {
      id: lang,
      label: out ? `${languageLabel(lang)}, held out` : languageLabel(lang),
      end: languageInfo(lang).name,
      ...(grey ? { colour: "var(--ink-soft)", thin: true, faint: true } : lineLook(i)),
      ...(out && { hollow: true }),
      line: column,
    };
    const before = parentColumn(run, metric, lang);
    return before ? [parentPart(run, own, { before, after: column }), own] : [own];
  });
  return series.toSorted(faintLast); // the long legend scrolls
}

/** One language in several runs. */
export function comparedLanguage(runs: readonly Run[], metric: string, lang: string): ChartSeries[] {
  return runs.flatMap((run) => {
    const column = findColumn(detailOf(run).points, metric, lang);
    if (!column) return [];
    const out = isHeldOut(run, lang);
    const own = {
      id: run.id,
      label: out ? `${run.name}, held out` : run.name,
      end: run.name,
      mix: run.spec,
      ...lineLook(run.colour),
      ...(out && { hollow: true }),
      line: column,
    };
    const before = parentColumn(run, metric, lang);
    return before ? [parentPart(run, own, { before, after: column }), own] : [own];
  });
}
