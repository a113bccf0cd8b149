// A dataset as far as a plan needs it: which row is of which language, split and concept. Tokenises nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import type { ShardSource } from "../data/shardSource.ts";
import { openCorpus } from "./openCorpus.ts";
import { createMemoryTokens } from "./tokenStore.ts";

/** Every text is nothing to it. */
const NO_TOKENS = { sha256: "none", vocabSize: 1, encode: () => new Int32Array(0) };

/** @throws as openCorpus does */
export async function openCounts(source: ShardSource, languages: readonly string[]): Promise<Corpus> {
  const { id: datasetId } = await source.manifest();
  const request = { datasetId, languages, prefixes: { query: "", passage: "" }, maxTokens: 1 };
  return (await openCorpus(source, request, NO_TOKENS, { store: createMemoryTokens() })).corpus;
}
