// A dataset as far as a plan needs it: which row is of which language, split and concept. Tokenises nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import { matchLanguages } from "../../core/languages/sameLanguage.ts";
import { readShard } from "../data/readShard.ts";
import type { ShardSource } from "../data/shardSource.ts";
import { createCorpusBuilder } from "./corpusBuilder.ts";
import { renamed } from "./openCorpus.ts";
import { chooseShards } from "./streamShards.ts";

/** Shards that are read side by side: their rows are held until they are counted. */
const AT_ONCE = 4;

/** Of the languages that the dataset has. @throws as readShard does */
export async function openCounts(source: ShardSource, languages: readonly string[]): Promise<Corpus> {
  const manifest = await source.manifest();
  const own = matchLanguages(languages, manifest.languages);
  const builder = createCorpusBuilder(renamed(manifest, own), [...own.keys()], 0);
  const chosen = chooseShards(manifest, [...own.values()]);
  for (let first = 0; first < chosen.length; first += AT_ONCE) {
    const some = chosen.slice(first, first + AT_ONCE);
    const read = await Promise.all(some.map((i) => readShard(source, manifest.shards[i]!)));
    some.forEach((i, at) => builder.add(i, { names: read[at]! }));
  }
  return builder.build();
}
