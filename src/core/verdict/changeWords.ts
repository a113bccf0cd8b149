// What training changed, in words: answers first, then the bias. Over seeds where there are enough, else over questions.
import { metricAt, type MetricPath } from "../metrics/metricTable.ts";
import { LEAST_SEEDS } from "../series/comparedSeeds.ts";
import { meanInterval } from "../series/interval.ts";
import { membersOf, type SeededRun } from "../series/seedGroups.ts";
import { limitText, placeOf, valueText, type Evidence } from "./evidence.ts";
import { judge, type Judged, type Judgement } from "./judgement.ts";

interface Changed {
  readonly path: MetricPath;
  readonly from: number;
  readonly to: number;
  readonly judged: Judged | undefined; // undefined: nothing can be said of chance
}

/**
 * @param alone whether nothing else is said of answers: then those in the same language are told too, where they are certain
 * @returns one or two sentences without a full stop
 */
export function changeWords<R extends SeededRun>(evidence: Evidence<R>, alone: boolean): string[] {
  const { spec } = evidence.run;
  const cross = changeOf("map/cross", evidence);
  const mono = changeOf("map/mono", evidence);
  const bias = changeOf("sameLanguageShare", evidence);
  const main = cross ?? mono;
  if (!main) return ["What it began with was not measured"];
  const subject = `Answers ${placeOf(main === cross ? "map/cross" : "map/mono", spec)}`;
  if (!main.judged) return [`${subject}: ${rangeText(main)}; ${UNJUDGED[reasonOf(evidence)]}`];
  const besides = alone && main === cross && mono?.judged && isPlain(mono.judged);
  return [
    `${subject} ${wordsOf(ANSWERS, main, main.judged)}` +
      (besides ? `, ${placeOf("map/mono", spec)} they ${wordsOf(ANSWERS, mono, mono.judged)}` : ""),
    ...(bias?.judged ? [`Bias towards the question’s language ${wordsOf(BIAS, bias, bias.judged)}`] : []),
  ];
}

function changeOf<R extends SeededRun>(
  path: MetricPath,
  { run, runs, changes }: Evidence<R>,
): Changed | undefined {
  const { before, now } = run.summary[path] ?? {};
  if (before === undefined || now === undefined) return undefined;
  const metric = metricAt(path);
  const seeds = membersOf(run, runs).flatMap(({ summary }) => summary[path] ?? []);
  const over = meanInterval(seeds.map((one) => one.now - (one.before ?? NaN)));
  if (over && over.n >= LEAST_SEEDS && !Number.isNaN(over.mean)) {
    const to = seeds.reduce((sum, one) => sum + one.now, 0) / over.n;
    const range = { low: over.mean - over.half, high: over.mean + over.half };
    return { path, from: to - over.mean, to, judged: judge(metric, range, to - over.mean) };
  }
  const range = typeof changes === "object" ? changes[path]?.overall : undefined;
  return { path, from: before, to: now, judged: range && judge(metric, range, before) };
}

const ANSWERS: Readonly<Record<Exclude<Judgement, "same">, string>> = {
  better: "got better",
  worse: "got worse",
  notBetter: "show no clear change",
  notWorse: "show no clear change",
  undecided: "show no clear change",
};
const BIAS: typeof ANSWERS = {
  better: "fell",
  worse: "rose",
  notBetter: "shows no clear change",
  notWorse: "shows no clear change",
  undecided: "shows no clear change",
};

const isPlain = ({ judgement }: Judged) => judgement === "better" || judgement === "worse";

/** "got better (.133 → .203)", "fell by less than 1 point (31.2 % → 30.9 %)", "did not change by .005 or more (…)" */
function wordsOf(words: typeof ANSWERS, changed: Changed, judged: Judged): string {
  const limit = limitText(changed.path, judged.matters);
  const range = ` (${rangeText(changed)})`;
  if (judged.judgement === "same") return `did not change by ${limit} or more${range}`;
  const little = judged.small ? ` by less than ${limit}` : "";
  return `${words[judged.judgement]}${little}${range}`;
}

const rangeText = ({ path, from, to }: Changed) =>
  `${valueText(path, from)}\u00a0→\u00a0${valueText(path, to)}`;

const UNJUDGED = {
  pending: "whether that is chance is being computed",
  notKept: "whether that is chance cannot be said, since the values of single questions are not kept",
  unpaired: "whether that is chance cannot be said, since other questions were asked before",
  few: "too few independent questions to say whether that is chance",
} as const;

const reasonOf = <R extends SeededRun>({ changes }: Evidence<R>): keyof typeof UNJUDGED =>
  typeof changes === "object" ? "few" : changes;
