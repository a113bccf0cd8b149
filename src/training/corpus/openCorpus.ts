// Opens a dataset for a run: its numbers in memory, its tokens, names and texts by row. The same in a worker and in Node.
import { counted } from "../../core/counted.ts";
import type { Corpus } from "../../core/data/corpus.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { matchLanguages } from "../../core/languages/sameLanguage.ts";
import { readShardLines } from "../data/readShard.ts";
import type { ShardSource } from "../data/shardSource.ts";
import type { CorpusRequest, EarlyUse, LoadedCorpus } from "./loadedCorpus.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { createBlockCache, TOKEN_BUDGET, type BlockCache } from "./blockCache.ts";
import { createCorpusBuilder } from "./corpusBuilder.ts";
import type { OpenedPack } from "./packedShard.ts";
import { createRowReader } from "./rowReader.ts";
import { createShardTexts } from "./shardTexts.ts";
import { fitsEarly, readEarly } from "./earlyCorpus.ts";
import {
  chooseShards,
  entryOf,
  streamShards,
  type CorpusTokenizer,
  type StreamOptions,
} from "./streamShards.ts";
import type { TokenStore } from "./tokenStore.ts";

export interface OpenOptions {
  readonly store: TokenStore;
  readonly cache?: BlockCache; // default: one of its own with the usual budget
  readonly onProgress?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
  /** Given, where nothing is tokenised yet and all texts can be held, what can be asked already; the rest waits for its end. */
  readonly early?: EarlyUse;
  /** The numbers of these languages, as asked for, where they are counted already or are being counted. */
  readonly countedCorpora?: CountedCorpora;
}

export type CountedCorpora = (
  manifest: Manifest,
  languages: readonly string[],
) => Promise<Corpus> | undefined;

/**
 * Reads, checks and tokenises every shard of the wanted languages that the dataset has, also under another name of theirs, unless the store knows it, and
 * keeps about 22 bytes a text of it in memory. What else is held is bounded by the cache's budget.
 *
 * @throws Error naming the file if the manifest or a shard cannot be read or is damaged
 */
export async function openCorpus(
  source: ShardSource,
  request: CorpusRequest,
  tokenizer: CorpusTokenizer,
  { store, cache = createBlockCache(TOKEN_BUDGET), onProgress, signal, early, countedCorpora }: OpenOptions,
): Promise<LoadedCorpus> {
  const manifest = await source.manifest(signal);
  const own = matchLanguages(request.languages, manifest.languages);
  const languages = [...own.values()];
  const newBuilder = () => createCorpusBuilder(renamed(manifest, own), [...own.keys()], tokenizer.vocabSize);
  const rows = createRowReader(cache);
  const shardTexts = createShardTexts((shard) => readShardLines(source, manifest.shards[shard]!));
  store.beginLoad();
  const options: StreamOptions = {
    languages,
    tokenizer,
    prefixes: request.prefixes,
    maxTokens: request.maxTokens,
    ...(onProgress && {
      onProgress: ({ phase, done, total }) =>
        onProgress({ phase, done, total, unit: phase === "download" ? "bytes" : "texts" }),
    }),
    ...(signal && { signal }),
  };
  const isFresh = early && (await isUntokenised(manifest, store, options));
  const numbers = () => countedCorpora?.(manifest, request.languages) ?? newBuilder();
  const read = isFresh ? await readEarly(source, manifest, numbers(), options) : undefined;
  if (read) await early?.(read.early);
  const builder = newBuilder();
  const shards = streamShards(source, manifest, store, {
    ...options,
    ...(read && { linesOf: read.linesOf }),
  });
  let longestText = 0;
  for await (const { shard, pack, bytes, file, lines } of shards) {
    builder.add(shard, pack);
    longestText = Math.max(longestText, longestRow(pack));
    const { layout, tokenIndex } = pack; // without its names, which would stay in memory
    rows.add(manifest.shards[shard]!.side, { shard, layout, tokenIndex, file });
    cache.seed(file, bytes);
    if (lines) shardTexts.keep(shard, lines);
  }
  const corpus: Corpus = builder.build();
  const { cutRows, usedPieces } = builder;
  return {
    corpus,
    usedPieces,
    longestText,
    notices: [
      ...[...own].flatMap(([asked, has]) => (asked === has ? [] : [`${manifest.id} has ${asked} as ${has}`])),
      ...(store.note === null ? [] : [store.note]),
      ...(cutRows > 0
        ? [
            `${counted(cutRows, "text")} of ${manifest.id} ${cutRows === 1 ? "is" : "are"} longer than ${counted(request.maxTokens, "piece")} and cut there`,
          ]
        : []),
    ],
    tokens: (side, chosen) => rows.tokens(side, chosen),
    names: (side, chosen) => rows.names(side, chosen),
    async texts(side, chosen) {
      const found = chosen.map((row, i) => ({ ...rows.locate(side, row), i }));
      const shown = chosen.map(() => "");
      // Shard by shard, so that one is read once and few are held.
      for (const at of found.sort((a, b) => a.shard - b.shard)) {
        shown[at.i] = (await shardTexts.read(at.shard)).row(at.line).text;
      }
      return shown;
    },
  };
}

async function isUntokenised(
  manifest: Manifest,
  store: TokenStore,
  options: StreamOptions,
): Promise<boolean> {
  if (!fitsEarly(manifest, options.languages)) return false;
  const [first] = chooseShards(manifest, options.languages);
  return first !== undefined && !(await store.find(entryOf(manifest.shards[first]!, options).key));
}

/** The manifest with its languages by the names that were asked for: those of the run that reads it. */
export function renamed(manifest: Manifest, own: ReadonlyMap<string, string>): Manifest {
  const asked = new Map(Array.from(own, ([name, has]) => [has, name]));
  const nameOf = (lang: string) => asked.get(lang) ?? lang;
  return {
    ...manifest,
    languages: manifest.languages.map(nameOf),
    shards: manifest.shards.map((shard) => ({ ...shard, lang: nameOf(shard.lang) })),
  };
}

function longestRow({ layout, tokenIndex }: Pick<OpenedPack, "layout" | "tokenIndex">): number {
  if (layout.cutRows > 0) return Infinity;
  let longest = 0;
  for (let i = 1; i < tokenIndex.length; i++)
    longest = Math.max(longest, tokenIndex[i]! - tokenIndex[i - 1]!);
  return longest;
}
