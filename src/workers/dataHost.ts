// The data worker: lists, imports and removes datasets for the page, and feeds corpora to the trainer. Owns no
// tensors.
import { convertersFor, findConverter } from "../core/converters/registry.ts";
import { parseCatalog, type CatalogEntry } from "../core/data/catalog.ts";
import { createReport, type Converter } from "../core/data/converter.ts";
import { asDataError, DataError } from "../core/data/dataError.ts";
import type { Manifest } from "../core/data/manifest.ts";
import { blobFile, type SourceFile } from "../core/formats/sourceFile.ts";
import { unpackFiles } from "../core/formats/unpack.ts";
import { createBlockCache, TOKEN_BUDGET } from "../training/corpus/blockCache.ts";
import { openCorpus } from "../training/corpus/openCorpus.ts";
import type { TokenStore } from "../training/corpus/tokenStore.ts";
import { createHttpShards } from "../training/data/httpShards.ts";
import type { ShardSource } from "../training/data/shardSource.ts";
import type { ShardStore } from "../training/data/shardStore.ts";
import { writeShards } from "../training/data/writeShards.ts";
import type { LoadedCorpus } from "../training/run/runPorts.ts";
import { withoutFrame, type Tokenizer } from "../training/text/tokenizer.ts";
import type { FeedEvent, FeedRequests } from "./feed.ts";
import { PROTOCOL_VERSION, type DataEvent, type DataRequests, type DatasetInfo } from "./protocol.ts";
import { serveRpc, type Port } from "./rpc.ts";

/** A student and its teacher, before and after a change of encoder. */
const KEPT_TOKENIZERS = 4;

/** Embedded datasets: built at set-up and served with the page. */
const EMBEDDED: readonly string[] = ["cldr-emoji"];

export interface DataHostDeps {
  /** Text of a file of the page, by its path under the page's folder. */
  readText(base: string, path: string): Promise<string>;
  /** Made of a tokenizer.json. */
  tokenizer(json: string): Tokenizer;
  readonly store: Promise<ShardStore>;
  readonly tokens: Promise<TokenStore>;
}

export function serveData(port: Port, deps: DataHostDeps): void {
  let base = "";
  const isEmbedded = (id: string) => EMBEDDED.includes(id);
  const sourceOf = async (id: string): Promise<ShardSource> => {
    if (isEmbedded(id)) return createHttpShards(`${base}datasets/${id}`);
    const store = await deps.store;
    const known = await store.list();
    if (known.includes(id)) return store.source(id);
    const have = [...EMBEDDED, ...known].join(", ");
    throw new DataError(
      `data: "${id}" is not in this browser; it has ${have}. Drop the files of ${id} on the page`,
    );
  };
  const catalog = async (): Promise<readonly CatalogEntry[]> => {
    const path = "datasets/catalog.json";
    return parseCatalog(JSON.parse(await deps.readText(base, path)), path);
  };

  const emit = serveRpc<DataRequests, DataEvent>(port, {
    connect({ version, base: pageBase, trainer }) {
      if (version !== PROTOCOL_VERSION) {
        throw new Error(
          `the page speaks version ${version}, this worker ${PROTOCOL_VERSION}; reload the page`,
        );
      }
      base = pageBase;
      serveFeed(trainer, sourceOf, (json) => deps.tokenizer(json), deps.tokens);
      trainer.start();
      return null;
    },

    async list() {
      const store = await deps.store;
      const entries = await catalog();
      const notes = store.note === null ? [] : [store.note];
      const datasets: DatasetInfo[] = [];
      for (const id of [...EMBEDDED, ...(await store.list())]) {
        try {
          const manifest = await (await sourceOf(id)).manifest();
          datasets.push(describe(manifest, isEmbedded(id) ? "embedded" : "added", entries));
        } catch (error) {
          notes.push(`${id} cannot be used: ${asDataError(error).message}`); // the others stay usable
        }
      }
      return { datasets, notes };
    },

    async importFiles({ files: dropped }) {
      const files = await unpackFiles(dropped.map((file) => blobFile(file.name ?? "", file)));
      const names = files.map((file) => file.name);
      const converters = convertersFor(names);
      const entries = await catalog();
      if (converters.length === 0) {
        const known = entries.flatMap(({ id }) => findConverter(id) ?? []);
        const wanted = known
          .map((c) => `${c.datasetId} (${c.fileNames.slice(0, 3).join(", ")}, …)`)
          .join("; ");
        throw new DataError(
          `These ${dropped.length} files are no complete dataset; drop all files of one of: ${wanted}`,
        );
      }
      const store = await deps.store;
      const infos: DatasetInfo[] = [];
      for (const converter of converters) {
        const entry = entries.find(({ id }) => id === converter.datasetId);
        if (!entry) continue; // a variant that the catalogue does not offer
        infos.push(describe(await convert(converter, entry, files, store, emit), "added", entries));
      }
      return infos[0]!;
    },

    async remove({ id }) {
      if (isEmbedded(id)) throw new DataError(`${id} comes with the page and cannot be removed`);
      await (await deps.store).remove(id);
      return null;
    },
  });
}

async function convert(
  converter: Converter,
  entry: CatalogEntry,
  files: readonly SourceFile[],
  store: ShardStore,
  emit: (event: DataEvent) => void,
): Promise<Manifest> {
  const total = files.length;
  let done = 0;
  const progress = () =>
    emit({
      type: "importing",
      message: `Converting ${entry.title}`,
      progress: { phase: "download", done, total, unit: "parts" },
    });
  progress();
  const counted = files.map((file) => ({
    ...file,
    stream() {
      done++;
      progress();
      return file.stream();
    },
  }));
  try {
    const report = createReport();
    const records = converter.convert(counted, report);
    return await writeShards(entryFacts(entry), records, await store.sink(entry.id), undefined, report.notes);
  } catch (error) {
    throw asDataError(error);
  }
}

/** Without the catalogue's languages: those of the records count. */
function entryFacts({ id, title, licence, citation, source }: CatalogEntry) {
  return { id, title, licence, citation, source };
}

function describe(
  manifest: Manifest,
  origin: DatasetInfo["origin"],
  entries: readonly CatalogEntry[],
): DatasetInfo {
  const { id, title, licence, citation, languages, shards } = manifest;
  const count = (side: "queries" | "passages") =>
    shards.filter((shard) => shard.side === side).reduce((sum, shard) => sum + shard.count, 0);
  return {
    id,
    title,
    licence,
    citation,
    origin,
    languages,
    manifest,
    purpose: entries.find((entry) => entry.id === id)?.purpose ?? "",
    queries: count("queries"),
    passages: count("passages"),
    bytes: shards.reduce((sum, shard) => sum + shard.bytes, 0),
  };
}

function serveFeed(
  port: Port,
  sourceOf: (id: string) => Promise<ShardSource>,
  createTokenizer: (json: string) => Tokenizer,
  tokens: Promise<TokenStore>,
): void {
  const tokenizers = new Map<string, Tokenizer>();
  const cache = createBlockCache(TOKEN_BUDGET);
  const loads = new Map<number, { readonly ended: AbortController; loaded?: LoadedCorpus }>();
  const find = (loadId: number): LoadedCorpus => {
    const loaded = loads.get(loadId)?.loaded;
    if (!loaded) throw new Error("this corpus is no longer in the data worker; start the run again");
    return loaded;
  };
  const emit = serveRpc<FeedRequests, FeedEvent>(port, {
    hasTokenizer: ({ sha256 }) => tokenizers.has(sha256),
    addTokenizer({ sha256, json, framed }) {
      const made = createTokenizer(json);
      tokenizers.set(sha256, framed ? made : withoutFrame(made));
      for (const old of tokenizers.keys()) {
        if (tokenizers.size <= KEPT_TOKENIZERS) break;
        tokenizers.delete(old);
      }
      return null;
    },
    async load({ loadId, request, tokenizer }) {
      const load: { readonly ended: AbortController; loaded?: LoadedCorpus } = {
        ended: new AbortController(),
      };
      loads.set(loadId, load);
      try {
        const own = tokenizers.get(tokenizer);
        if (!own) throw new Error("the tokenizer of this load was not sent");
        const loaded = await openCorpus(await sourceOf(request.datasetId), request, own, {
          store: await tokens,
          cache,
          onProgress: (progress) => emit({ type: "progress", loadId, progress }),
          signal: load.ended.signal,
        });
        load.loaded = loaded;
        const { corpus, usedPieces, notices } = loaded;
        return { corpus, usedPieces, notices };
      } catch (error) {
        throw asDataError(error);
      }
    },
    tokens: ({ loadId, side, rows }) => find(loadId).tokens(side, rows),
    names: ({ loadId, side, rows }) => find(loadId).names(side, rows),
    texts: ({ loadId, side, rows }) => find(loadId).texts(side, rows),
    release({ loadId }) {
      loads.get(loadId)?.ended.abort(new Error("the run was ended"));
      loads.delete(loadId);
      return null;
    },
  });
}
