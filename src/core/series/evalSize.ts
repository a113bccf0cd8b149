// How many queries and passages an evaluation has, read off a manifest before anything is loaded.
import type { Manifest } from "../data/manifest.ts";
import type { Side } from "../data/records.ts";
import { matchLanguages } from "../languages/sameLanguage.ts";
import { takesSplit } from "../metrics/evalSplit.ts";
import { evalLanguages, evalTarget } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

export interface EvalSize {
  readonly queries: number; // asked in full; those without a relevant passage are still among them
  readonly live: number; // asked by an evaluation during the run
  readonly pool: number; // passages
}

/** @param manifest of the dataset that `evalTarget(spec)` names */
export function evalSize(manifest: Pick<Manifest, "shards">, spec: ExperimentSpec): EvalSize {
  const part = evalTarget(spec).split;
  const own = [...new Set(manifest.shards.map(({ lang }) => lang))];
  const languages = new Set(matchLanguages(evalLanguages(spec), own).values());
  const count = (side: Side) =>
    manifest.shards
      .filter((shard) => shard.side === side && languages.has(shard.lang))
      .filter(({ split }) => takesSplit(part, side, split))
      .reduce((sum, shard) => sum + shard.count, 0);
  const queries = count("queries");
  const { liveQueries } = spec.data;
  return {
    queries,
    live: liveQueries === 0 ? queries : Math.min(liveQueries, queries),
    pool: count("passages"),
  };
}
