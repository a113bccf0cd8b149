// The answer to "is the first better than the second here?" in words, and what would settle it. Pure; computes no difference.
import { findMetric, type MetricPath } from "../../core/metrics/metricTable.ts";
import { limitText } from "../../core/verdict/evidence.ts";
import { judge } from "../../core/verdict/judgement.ts";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import type { SeedDifference } from "../../core/series/comparedSeeds.ts";
import { settlingWords } from "../../core/series/seedWords.ts";
import type { Difference } from "../../core/stats/compareQueries.ts";
import { changeRangeText, isDecided, lowerIsBetter, metricWords } from "../uncertainty/intervalWords.ts";
import { chanceText, changeText, countText } from "../words/numberText.ts";

export interface Pair {
  readonly names: readonly [first: string, second: string];
  readonly metric: string;
  readonly seeds: readonly [number, number]; // in each group
  readonly value: number; // of the second
}

export interface Answer {
  readonly headline: string;
  readonly because: readonly string[]; // sentences: the numbers, then what would settle it
}

/** Over seeds: nothing is called a finding below six of them. */
export function answerOverSeeds(pair: Pair, found: SeedDifference): Answer {
  const { names, metric, seeds } = pair;
  const [first, second] = names;
  const { text } = metricWords(metric);
  const n = found.seeds;
  const settle = settlingWords(Math.min(...seeds), found);
  const p = found.p === undefined ? "" : `, ${chanceText(found.p)}`;
  const range = n >= LEAST_SCATTER ? ` ${changeRangeText(found, text)}` : "";
  const numbers = `${first} − ${second}: ${changeText(found.estimate, text)}${range} over ${countText(n)} seeds${found.p === undefined ? " each, unpaired" : ""}${n >= LEAST_SCATTER ? `, 95 %${p}` : ""}.`;
  return { headline: headlineOf(pair, found), because: settle === undefined ? [numbers] : [numbers, settle] };
}

/** STUDIES' words: "no difference" is said only of an interval that has no room for one that matters. */
function headlineOf({ names, metric, value }: Pair, found: SeedDifference): string {
  const [first, second] = names;
  const row = findMetric(metric);
  const { kind } = found.verdict;
  if (kind === "tooFew" || !row)
    return `Too few seeds to say whether ${first} is better than ${second} here.`;
  const { judgement, small, matters } = judge(row, found, value, kind !== "undecided");
  const limit = limitText(row.path as MetricPath, matters);
  switch (judgement) {
    case "better":
    case "worse":
      return `${first} is ${judgement} than ${second} here${small ? ` by less than ${limit}` : ""}.`;
    case "same":
      return `No difference of ${limit} or more between ${first} and ${second} here.`;
    case "notBetter":
    case "notWorse":
      return `${first} is not ${judgement === "notBetter" ? "better" : "worse"} than ${second} here by ${limit} or more.`;
    case "undecided":
      return `Undecided: ${first} is not shown to be better or worse than ${second} here.`;
    default:
      return judgement satisfies never;
  }
}

/** Over questions, of two runs of one seed each: what it says ends at these questions. */
export function answerOverQuestions(pair: Pair, found: Difference): Answer {
  const { names, metric, seeds } = pair;
  const [first, second] = names;
  const { text } = metricWords(metric);
  const better = found.estimate > 0 !== lowerIsBetter(metric);
  const one = seeds[0] === seeds[1] ? "each" : `of ${seeds[0] === 1 ? first : second}`;
  const headline = isDecided(found)
    ? `One seed ${one}. On these questions ${better ? first : second} is better by more than chance.`
    : `One seed ${one}. On these questions chance alone could make this difference.`;
  const numbers = `${first} − ${second}: ${changeText(found.estimate, text)} ${changeRangeText(found, text)}, ${chanceText(found.p)} over ${countText(found.clusters)} question groups. This says nothing of other seeds.`;
  return { headline, because: [numbers, settlingWords(Math.min(...seeds), undefined)!] };
}

/** Of one experiment on two devices: nothing is tested, since that would call a device's rounding a finding. */
export function answerOfOneExperiment({ names, metric }: Pair, estimate: number): Answer {
  const { text } = metricWords(metric);
  return {
    headline: "One experiment on two devices; this is how much the device moves it.",
    because: [`${names[0]} − ${names[1]}: ${changeText(estimate, text)}.`],
  };
}
