// `lab report --to compare`: two runs, one run and its start, or two experiments of several seeds, as tab-separated rows
// under the words that say what they can mean. Reads no file.
import { findMetric } from "../../core/metrics/metricTable.ts";
import { differenceText } from "../../core/metrics/metricText.ts";
import { SpecError } from "../../core/inputError.ts";
import { namedRun } from "../../core/record/misfits.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { sameTest } from "../../core/record/sameTest.ts";
import { seedRelation, type SeedRelation } from "../../core/series/comparedSeeds.ts";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import { isOneExperiment, seededRecord, type SeededRun } from "../../core/series/seedGroups.ts";
import { ONE_SEED, relationWords, verdictWords } from "../../core/series/seedWords.ts";
import { compareQueries } from "../../core/stats/compareQueries.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { finishResampling } from "../../core/stats/resampling.ts";

export interface ComparedRun {
  readonly name: string;
  readonly record: RunRecord;
  readonly queryValues?: QueryValues;
  readonly startValues?: QueryValues;
  readonly misfits?: readonly string[]; // of `misfitsOf`
}

interface Seeded extends SeededRun {
  readonly run: ComparedRun;
}

/**
 * Two are held against each other; one against its evaluation before training; more are seeds of two experiments.
 * @param runs at least one
 * @throws SpecError in one sentence where they cannot be compared
 */
export function compareReport(runs: readonly ComparedRun[]): string {
  const seeded = runs.map((run): Seeded => ({ ...seededRecord(run.record), run }));
  const [first] = seeded;
  if (seeded.length === 1) return rowsOf(first!.run, startOf(first!.run), undefined);
  const others = seeded.length === 2 ? [seeded[1]!] : seeded.filter((one) => !isOneExperiment(one, first!));
  const [second] = others;
  if (!second) {
    throw new SpecError(
      `report: these are ${runs.length} runs of one experiment; name those of another one too, or compare two of them`,
    );
  }
  const third = others.find((one) => !isOneExperiment(one, second));
  if (third) {
    const names = [first!, second, third].map(({ run }) => run.name).join(", ");
    throw new SpecError(`report: ${names} are three experiments; --to compare takes the runs of two`);
  }
  // The questions are put to one pair of runs, of one seed where there is one.
  const a = seeded.find(
    (one) => isOneExperiment(one, first!) && others.some(({ spec }) => spec.seed === one.spec.seed),
  );
  const b = a && others.find(({ spec }) => spec.seed === a.spec.seed);
  const pair = seeded.length > 2 && a && b ? [a, b] : [first!, second];
  return rowsOf(pair[0]!.run, pair[1]!.run, seedRelation(pair[0]!, pair[1]!, seeded));
}

/** The same test by the starting weights; of a branch by those that it began with. */
function startOf({ name, record, startValues }: ComparedRun): ComparedRun {
  if (startValues)
    return { name: record.parent ? "at its branch" : "before training", record, queryValues: startValues };
  throw new SpecError(
    `report: ${name} lacks perQueryBefore, the values before training; name a second run.json to compare with`,
  );
}

/**
 * First the words; then metric, language or "all", difference, interval, p, p by Holm over languages, how many there are of
 * what it is over: question groups, or seeds.
 * @param relation of two runs; undefined for a run and its start
 */
function rowsOf(first: ComparedRun, second: ComparedRun, relation: SeedRelation | undefined): string {
  for (const { name, queryValues } of [first, second]) {
    if (!queryValues) throw new SpecError(`report: ${name} lacks perQuery, the values of single queries`);
  }
  const compared = compareQueries(first.queryValues!, second.queryValues!);
  if (!compared || !sameTest(first.record, second.record)) {
    throw new SpecError(
      `report: ${first.name} and ${second.name} were not tested on the same queries and passages`,
    );
  }
  const text = (metric: string, ...values: readonly number[]) =>
    values.map((value) => differenceText(findMetric(metric), value));
  const isOne = relation?.kind === "same"; // chance between two runs of one experiment is none that questions could test
  const rows = [`# ${relation ? relationWords(relation) : ONE_SEED}`];
  if (relation?.kind === "groups") {
    for (const [metric, { verdict }] of Object.entries(relation.differences)) {
      rows.push(`# ${findMetric(metric)?.label ?? metric}: ${verdictWords(verdict)}`);
    }
    rows.push(`# Rows over questions are of ${first.name} and ${second.name} alone.`);
  }
  rows.push(`metric\tlang\t${namedRun(first)} - ${namedRun(second)}\tlow\thigh\tp\tpHolm\tgroups\tover`);
  if (relation?.kind === "groups") {
    for (const [metric, { estimate, low, high, p, seeds }] of Object.entries(relation.differences)) {
      const range = seeds >= LEAST_SCATTER ? text(metric, low, high) : ["", ""];
      const numbers = [...text(metric, estimate), ...range, p?.toFixed(4) ?? "", "", seeds];
      rows.push([metric, "all", ...numbers, "seeds"].join("\t"));
    }
  }
  for (const [metric, { overall, byLanguage }] of Object.entries(finishResampling(compared))) {
    const all = overall ? [["all", overall] as const] : [];
    for (const [lang, { estimate, low, high, p, pHolm, clusters }] of [
      ...all,
      ...Object.entries(byLanguage),
    ]) {
      const chance = isOne ? ["", ""] : [p.toFixed(4), pHolm?.toFixed(4) ?? ""];
      rows.push(
        [metric, lang, ...text(metric, estimate, low, high), ...chance, clusters, "questions"].join("\t"),
      );
    }
  }
  return rows.join("\n");
}
