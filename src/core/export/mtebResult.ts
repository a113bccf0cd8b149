// A record as a result file that mteb reads (METHOD 6). Claims no more than was measured.
import { languageScript } from "../languages/iso639.ts";
import type { EvalResult, Values } from "../metrics/evaluation.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { SpecError } from "../inputError.ts";
import { evalTarget } from "../spec/resolve.ts";
import { mtebTask, type MtebTask } from "./mtebTasks.ts";

/** The version whose result files these are: mteb takes anything older or absent for its format before 1.11. */
export const MTEB_FORMAT = "1.38.0";

interface MtebScores {
  readonly main_score: number; // nDCG@10, as for mteb's retrieval tasks
  readonly hf_subset: string;
  readonly languages: readonly string[]; // "eng-Latn"
  readonly [measure: string]: number | null | string | readonly string[];
}

export interface MtebResult {
  readonly dataset_revision: string;
  readonly task_name: string;
  readonly mteb_version: string;
  readonly scores: Readonly<Record<string, readonly MtebScores[]>>;
  readonly evaluation_time: number | null; // seconds
  readonly kg_co2_emissions: null; // not measured
}

/** "ndcg_at_10": mteb's names for the cuts in the pool of the query's own language. */
const cutScores = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([path, value]) => {
      const [, measure, pool] = /^(.+@.+)\/(.+)$/.exec(path) ?? [];
      return measure && pool === "mono" ? [[measure.replace("@", "_at_"), value] as const] : [];
    }),
  );

/** The means that every pair of languages has, under mteb's names: [query, passage, scores]. */
function pairScores({ pairs = {} }: EvalResult): readonly [string, string, Values][] {
  const scores = new Map<string, [string, string, Record<string, number | null>]>();
  for (const [path, table] of Object.entries(pairs)) {
    for (const [query, row] of Object.entries(table)) {
      for (const [passage, value] of Object.entries(row)) {
        const key = `${query} ${passage}`;
        const known = scores.get(key) ?? [query, passage, {}];
        scores.set(key, known);
        known[2][path.replace(/@(\d+)\/.*/, "_at_$1")] = value;
      }
    }
  }
  return [...scores.values()];
}

/** A task's pairs of two languages, where nDCG@10 was measured by pair. */
function crossSubsets(task: MtebTask, final: EvalResult): MtebScores[] {
  return pairScores(final).flatMap(([query, passage, scores]) => {
    const subset = query === passage ? undefined : task.subset({ query, passage });
    const ndcg = scores["ndcg_at_10"] ?? null;
    if (subset === undefined || ndcg === null) return [];
    const languages = [passage, query].map((tag) => task.language(tag));
    return [{ main_score: ndcg, hf_subset: subset, languages, ...scores }];
  });
}

/**
 * One subset per language, its queries in the pool of the same language: what mteb's multilingual retrieval tasks are. Of a
 * task with pairs of languages those too, where the run measured ndcg@10/pairs. What only the lab measures has names that
 * start with `lab_`. Only a set that is converted as a task of mteb defines it has that task's name; another is named as the
 * dataset. A language without any answered query is left out.
 *
 * @throws SpecError if the record is older than nDCG@10 in evaluations
 */
export function mtebResult(record: RunRecord, where: string): MtebResult {
  const { final, spec, environment, points } = record;
  const { datasetId, split } = evalTarget(spec);
  const task = mtebTask(datasetId);
  const subsets = Object.entries(final.perLanguage).flatMap(([lang, result]): MtebScores[] => {
    const { "ndcg@10/mono": ndcg } = result.values;
    const { "map/mono": mono, "map/cross": cross, "map/multi": multi, rankDistance } = result.values;
    if (ndcg === undefined) {
      throw new SpecError(
        `${where}: has no nDCG@10, which mteb's files need; it was made by an older version, so run or evaluate it again`,
      );
    }
    if (ndcg === null) return [];
    return [
      {
        main_score: ndcg,
        hf_subset: task?.subset({ query: lang, passage: lang }) ?? lang,
        languages: [task?.language(lang) ?? languageScript(lang)],
        recall_at_100: null,
        ...cutScores(result.values),
        lab_map_mono: mono ?? null,
        lab_map_cross: cross ?? null,
        lab_map_multi: multi ?? null,
        lab_rank_distance: rankDistance ?? null,
        lab_queries: result.queries,
      },
    ];
  });
  const lastStep = points.reduce((last, { step }) => Math.max(last, step), 0);
  const rate = points.findLast(
    ({ metric, step }) => metric === "perf/eval_queries_per_s" && step === lastStep,
  )?.value;
  return {
    dataset_revision: environment.dataSha256[datasetId] ?? "unknown",
    task_name: task?.name ?? datasetId,
    mteb_version: MTEB_FORMAT,
    scores: { [split === "dev" ? "dev" : "test"]: [...subsets, ...(task ? crossSubsets(task, final) : [])] },
    evaluation_time: rate === undefined ? null : Math.round((1000 * final.queries) / rate) / 1000,
    kg_co2_emissions: null,
  };
}
