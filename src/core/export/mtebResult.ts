// A record as a result file that mteb reads (METHOD 6). Claims no more than was measured.
import { languageScript } from "../languages/iso639.ts";
import type { Values } from "../metrics/evaluation.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { SpecError } from "../inputError.ts";
import { evalTarget } from "../spec/resolve.ts";

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

/**
 * One subset per language, its queries in the pool of the same language: what mteb's multilingual retrieval tasks are.
 * What only the lab measures has names that start with `lab_`. The task is named as the dataset: a set converted for
 * the lab is not mteb's own task of a similar name. A language without any answered query is left out.
 *
 * @throws SpecError if the record is older than nDCG@10 in evaluations
 */
export function mtebResult(record: RunRecord, where: string): MtebResult {
  const { final, spec, environment, points } = record;
  const { datasetId, split } = evalTarget(spec);
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
        hf_subset: lang,
        languages: [languageScript(lang)],
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
    task_name: datasetId,
    mteb_version: MTEB_FORMAT,
    scores: { [split === "dev" ? "dev" : "test"]: subsets },
    evaluation_time: rate === undefined ? null : Math.round((1000 * final.queries) / rate) / 1000,
    kg_co2_emissions: null,
  };
}
