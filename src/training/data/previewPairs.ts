// The first few pairs of one language of a dataset, for people to see what is in it. Reads two shards at most.
import type { Manifest, Shard } from "../../core/data/manifest.ts";
import type { PreviewPair } from "../../core/data/records.ts";
import { readShard } from "./readShard.ts";
import type { ShardSource } from "./shardSource.ts";

const SHOWN = 6;

export async function previewPairs(
  source: ShardSource,
  { shards }: Manifest,
  lang: string,
): Promise<PreviewPair[]> {
  const first = (side: Shard["side"], split?: Shard["split"]) =>
    shards.find(
      (s) => s.lang === lang && s.side === side && s.count > 0 && (split === undefined || s.split === split),
    );
  const asked = first("queries");
  // Dev queries search the train pool.
  const pool = asked && first("passages", asked.split === "dev" ? "train" : asked.split);
  const answers = pool ?? first("passages");
  const queries = asked ? await readShard(source, asked) : [];
  const passages = answers ? await readShard(source, answers) : [];
  if (queries.length === 0) {
    return passages
      .slice(0, SHOWN)
      .map(({ text, concepts }) => ({ concept: concepts[0] ?? "", passage: text }));
  }
  const passageOf = new Map(
    passages.flatMap(({ text, concepts }) => concepts.map((c) => [c, text] as const)),
  );
  const pairs = queries.map(({ text, concepts }) => {
    const concept = concepts[0]!; // exactly one each
    const passage = passageOf.get(concept);
    return { concept, query: text, ...(passage !== undefined && { passage }) };
  });
  const whole = pairs.filter(({ passage }) => passage !== undefined);
  return (whole.length > 0 ? whole : pairs).slice(0, SHOWN);
}
