// The line charts of a run's metrics: what each is called, says and draws. Draws nothing itself.
import { HALF_LIFE, type ChartSeries } from "../charts/chartSeries.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { deviceText } from "../words/deviceText.ts";
import {
  countText,
  plainText,
  rankText,
  scoreText,
  shareText,
  type NumberText,
} from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import type { Run } from "../../state/run/run.ts";
import {
  askedCuts,
  askedSeries,
  cutLooks,
  LOSSES,
  MAPS,
  metricSeries,
  mixSeries,
  WEIGHTS,
  type MetricLook,
} from "./figureSeries.ts";
import type { Shown } from "../charts/shown.ts";

/** One chart of the runs that are shown. */
export interface Curve {
  readonly title: string;
  readonly description: (several: boolean) => string;
  /** Of which a person chooses one where several runs are drawn: all of each would be too many lines. */
  readonly measures?: readonly MetricLook[];
  readonly series: (shown: Shown, measure?: MetricLook) => ChartSeries[];
  readonly sample: (shown: Shown) => string;
  readonly valueHead: string; // at the axis
  readonly valueText: NumberText;
  readonly yFrom?: "zero" | "data";
  readonly empty: string;
  /** Not there at all where none of these runs is to be drawn in it; left out: always there. */
  readonly isFor?: (runs: readonly Run[]) => boolean;
}

const RANK_DISTANCE = { metric: "rankDistance", label: "Rank distance", ...lineLook(4) };
const SHARE = { metric: "sameLanguageShare", label: "Share of top 10", ...lineLook(3) };
const BASE = {
  metric: "sameLanguageBase",
  label: "Share of the pool: no bias",
  ...lineLook(2),
  colour: "var(--ink-soft)",
};
const SPEEDS = [
  { metric: "perf/pairs_per_s", label: "Training, pairs a second", ...lineLook(6) },
  { metric: "perf/eval_queries_per_s", label: "Evaluation, queries a second", ...lineLook(7) },
];

export const CURVES = {
  map: {
    title: "mAP: Mo, Cr and Mul (0–1)",
    description: () =>
      "Answers in the question’s own language, in one other language, and in all at once. Higher is better.",
    measures: MAPS,
    series: ({ runs }, measure) => metricSeries(runs, measure ? [measure] : MAPS, runs.length <= 1),
    sample: ({ sample }) => sample,
    valueHead: "mAP",
    valueText: scoreText,
    empty: "The first point appears before training starts; it is what every later one is held against.",
  },
  rankDistance: {
    title: "Rank distance (ranks)",
    description: () =>
      "From the first to the last right answer of a question, all languages in one pool. Lower: less language bias.",
    series: ({ runs }) => metricSeries(runs, [RANK_DISTANCE]),
    sample: ({ sample }) => sample,
    valueHead: "Ranks",
    valueText: rankText,
    empty: "How far apart the same answer in different languages ends up in a ranking.",
  },
  loss: {
    title: "Loss by kind of batch (nats)",
    description: (several) =>
      `Thick: smoothed to both sides, half-life ${HALF_LIFE} steps. ${several ? "Single batches are in the tables of each run." : "Thin: single batches."} Kinds differ in difficulty: compare each with itself.`,
    series: ({ runs }) => metricSeries(runs, LOSSES),
    sample: ({ runs }) => lossSample(runs),
    valueHead: "Loss (nats)",
    valueText: plainText,
    yFrom: "data",
    empty: "One line per kind of batch appears here with the first steps.",
  },
  sameLanguage: {
    title: "Same-language answers (share of top 10)",
    description: () =>
      "How much of the top 10 is in the question’s own language. Lower, towards the share of the pool: less bias.",
    series: ({ runs }) => metricSeries(runs, runs.length > 1 ? [SHARE] : [SHARE, BASE]),
    sample: ({ sample }) => sample,
    valueHead: "Share of top 10",
    valueText: shareText,
    empty: "The share of answers in the question’s own language, beside the share that chance would give.",
  },
  cuts: {
    title: "More measures (0–1)",
    description: () => "The measures that were asked for besides the standing ones. Higher is better.",
    series: ({ runs }) => metricSeries(runs, cutLooks(runs)),
    sample: ({ sample }) => sample,
    valueHead: "Measure (0–1)",
    valueText: scoreText,
    empty: "One line per measure appears here at the first evaluation.",
    isFor: (runs) => askedCuts(runs).length > 0,
  },
  mix: {
    title: "Batches of each kind: asked and drawn (share)",
    description: () =>
      "Thin: the share asked of the next batch. Thick: what the random draws made of it, from one evaluation to the next.",
    series: ({ selected }) => (selected ? [...mixSeries([selected]), ...askedSeries(selected)] : []),
    sample: ({ selected }) =>
      selected ? `${selected.name}: every batch counted, ${seedsText([selected.spec.seed])}.` : "",
    valueHead: "Share of batches",
    valueText: shareText,
    empty: "Shares appear with the first evaluation during training.",
  },
  weights: {
    title: "Loss weight of each kind (factor)",
    description: () => "What a rule or a curve makes of the weights of the kinds’ losses.",
    series: ({ selected }) => metricSeries(selected ? [selected] : [], WEIGHTS),
    sample: ({ selected }) =>
      selected ? `${selected.name}: as they were at the step, ${seedsText([selected.spec.seed])}.` : "",
    valueHead: "Weight (factor)",
    valueText: plainText,
    empty: "",
    isFor: (runs) => runs[0] !== undefined && runs[0].spec.loss.weighting !== "constant",
  },
  speed: {
    title: "Throughput (per second)",
    description: () =>
      "How fast this machine trains and evaluates. No part of the result: it differs from run to run.",
    series: ({ runs }) => metricSeries(runs, SPEEDS),
    sample: ({ selected }) => (selected?.device ? deviceText(selected.device) : ""),
    valueHead: "Per second",
    valueText: countText,
    empty: "Pairs a second appear with the first steps.",
  },
} satisfies Readonly<Record<string, Curve>>;

export type CurveName = keyof typeof CURVES;

function lossSample(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  const sizes = [...new Set(runs.map((run) => countText(run.spec.batch.size)))].join(" or ");
  const seeds = runs.map((run) => run.spec.seed).join(", ");
  return `Each point is the mean over the rows of one batch of ${sizes}; seed ${seeds}, no interval.`;
}
