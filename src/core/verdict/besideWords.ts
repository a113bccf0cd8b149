// How a run stands beside other mixes of its experiment, in one sentence: over seeds where both have enough, else over questions.
import { metricAt } from "../metrics/metricTable.ts";
import { LEAST_SEEDS, seedRelation } from "../series/comparedSeeds.ts";
import type { SeededRun } from "../series/seedGroups.ts";
import { holmAdjusted } from "../stats/holm.ts";
import { limitText, valueText, type Evidence, type Quality } from "./evidence.ts";
import { judge, type Judgement } from "./judgement.ts";

/** By what is known of this mix minus the other. */
const BESIDE: Readonly<Record<Judgement, (other: string, limit: string) => string>> = {
  better: (other) => `better than ${other}`,
  worse: (other) => `worse than ${other}`,
  same: (other, limit) => `no difference of ${limit} or more from ${other}`,
  notBetter: (other, limit) => `not better than ${other} by ${limit} or more`,
  notWorse: (other, limit) => `not worse than ${other} by ${limit} or more`,
  undecided: (other) => `undecided against ${other}`,
};

/**
 * "on these questions better than Monolingual (.141), undecided against Cross-lingual (.204)": the end of a sentence about
 * the same answers. Several mixes are tested together: their p are adjusted by Holm.
 *
 * @returns undefined where there is no other mix
 */
export function besideWords<R extends SeededRun>(evidence: Evidence<R>): string | undefined {
  const { run, runs, neighbours, minus } = evidence;
  const path: Quality = run.summary["map/cross"] ? "map/cross" : "map/mono";
  const told = neighbours.flatMap(({ label, nearest }) => {
    const value = nearest.summary[path]?.now;
    if (value === undefined) return [];
    const relation = seedRelation(run, nearest, runs);
    const over = relation.kind === "groups" ? relation : undefined;
    const found = over ? undefined : minus(nearest);
    const isPending = found === "pending";
    const questions = isPending ? undefined : found?.[path]?.overall;
    return [{ other: `${label} (${valueText(path, value)})`, value, over, questions, isPending }];
  });
  if (told.length === 0) return undefined;
  const tests = told.flatMap(({ questions }) => questions ?? []);
  const adjusted = holmAdjusted(tests.map(({ p }) => p));
  const phrases = told.map(({ other, value, over, questions, isPending }) => {
    const say = (range: { readonly low: number; readonly high: number }, decided: boolean) => {
      const { judgement, matters } = judge(metricAt(path), range, value, decided);
      return BESIDE[judgement](other, limitText(path, matters));
    };
    if (over) {
      const [n, found] = [Math.min(...over.seeds), over.differences[path]];
      const isTested = found && n >= LEAST_SEEDS;
      return isTested ? `over ${n} seeds ${say(found, true)}` : `beside ${other} too few seeds to test`;
    }
    if (isPending) return `being held against ${other}`;
    if (!questions) return `not held against ${other} question by question`;
    return say(questions, adjusted[tests.indexOf(questions)]! < 0.05);
  });
  return `${tests.length > 0 ? "on these questions " : ""}${phrases.join(", ")}`;
}
