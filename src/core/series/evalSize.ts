// How many queries and passages an evaluation has, read off a manifest before anything is loaded.
import { DEV_SHARE } from "../data/devPart.ts";
import type { Manifest } from "../data/manifest.ts";
import type { Side } from "../data/records.ts";
import { matchLanguages } from "../languages/sameLanguage.ts";
import { takesRow, type EvalSplit } from "../metrics/evalSplit.ts";
import { evalLanguages, evalTarget } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

export interface EvalSize {
  readonly queries: number; // asked in full; those without a relevant passage are still among them
  readonly live: number; // asked by an evaluation during the run
  readonly pool: number; // passages
  readonly isAbout?: true; // of the dev part only its share is known before its rows are
}

/** @param manifest of the dataset that `evalTarget(spec)` names */
export function evalSize(manifest: Pick<Manifest, "shards">, spec: ExperimentSpec): EvalSize {
  const part = evalTarget(spec).split;
  const own = [...new Set(manifest.shards.map(({ lang }) => lang))];
  const languages = new Set(matchLanguages(evalLanguages(spec), own).values());
  const count = (side: Side) => {
    const shards = manifest.shards.filter((shard) => shard.side === side && languages.has(shard.lang));
    return Math.round(shards.reduce((sum, shard) => sum + shard.count * shareTaken(part, shard), 0));
  };
  const queries = count("queries");
  const { liveQueries } = spec.data;
  return {
    queries,
    live: liveQueries === 0 ? queries : Math.min(liveQueries, queries),
    pool: count("passages"),
    ...(part === "devConcepts" && { isAbout: true }),
  };
}

function shareTaken(part: EvalSplit, { side, split }: Manifest["shards"][number]): number {
  if (takesRow(part, side, split, false)) return 1;
  const mayBeDev = split === "train" || (split === "dev" && side === "queries");
  return mayBeDev && takesRow(part, side, split, true) ? DEV_SHARE : 0;
}
