// The data worker: lists, shows, imports and removes datasets for the page. Feeds the trainer through feedHost.ts.
import { filesFor, parseCatalog, type CatalogEntry } from "../../core/data/catalog.ts";
import { asDataError, DataError } from "../../core/data/dataError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { blobFile, type SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";
import type { ModelStore } from "../../training/checkpoint/modelStore.ts";
import type { EncoderPlaces } from "../../training/checkpoint/openEncoder.ts";
import type { TokenStore } from "../../training/corpus/tokenStore.ts";
import { createHttpShards } from "../../training/data/httpShards.ts";
import { previewPairs } from "../../training/data/previewPairs.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";
import type { ShardStore } from "../../training/data/shardStore.ts";
import { fetchFiles } from "../../training/download/fetchFiles.ts";
import { importFiles } from "../../training/download/importFiles.ts";
import type { PartialFile } from "../../training/download/partialFile.ts";
import type { Tokenizer } from "../../training/text/tokenizer.ts";
import { encoderHandlers } from "./encoderHost.ts";
import { serveFeed } from "./feedHost.ts";
import {
  PROTOCOL_VERSION,
  type DataEvent,
  type DataRequests,
  type DatasetInfo,
  type Progress,
} from "../protocol.ts";
import { serveRpc, type Port } from "../rpc.ts";

/** Embedded datasets: built at set-up and served with the page. */
const EMBEDDED: readonly string[] = ["cldr-emoji"];

export interface DataHostDeps {
  /** Text of a file of the page, by its path under the page's folder. */
  readText(base: string, path: string): Promise<string>;
  /** Made of a tokenizer.json. */
  tokenizer(json: string): Tokenizer;
  readonly store: Promise<ShardStore>;
  readonly tokens: Promise<TokenStore>;
  readonly models: Promise<ModelStore>;
  places(base: string): EncoderPlaces;
  /** Where a file of a dataset is kept while it is downloaded. */
  part(id: string, name: string): Promise<PartialFile>;
  /** Removes the downloads of a dataset. */
  discardParts(id: string): Promise<void>;
}

export function serveData(port: Port, deps: DataHostDeps): void {
  let base = "";
  let job: AbortController | undefined; // the import under way; one at a time
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

  const emit: (event: DataEvent) => void = serveRpc<DataRequests, DataEvent>(port, {
    ...encoderHandlers(
      () => deps.places(base),
      deps.models,
      (event) => emit(event),
    ),
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
      const tokenBytes = await (await deps.tokens).totalBytes();
      return { datasets, catalog: entries, notes, tokenBytes };
    },

    async preview({ id, lang }) {
      const source = await sourceOf(id);
      return previewPairs(source, await source.manifest(), lang);
    },

    importFiles: ({ files: given }) =>
      working(async (signal) => {
        const files = await unpackFiles(given.map(({ path, file }) => blobFile(path, file)));
        return add(files, signal);
      }),

    download: ({ id, languages }) =>
      working(async (signal) => {
        const entry = (await catalog()).find((known) => known.id === id);
        if (!entry || entry.files.length === 0) throw new DataError(`${id} has no address to download from`);
        const wanted = filesFor(entry, languages);
        const fetched = await fetchFiles(wanted, {
          part: (name) => deps.part(id, name),
          signal,
          onProgress: (done, total) =>
            tell(`Downloading ${entry.title}`, { phase: "download", done, total, unit: "bytes" }),
        });
        const info = await add(await unpackFiles(fetched), signal, id);
        await deps.discardParts(id);
        return info;
      }),

    cancelImport() {
      job?.abort(new DataError("ended at your wish; nothing was added"));
      return null;
    },

    async remove({ id }) {
      if (isEmbedded(id)) throw new DataError(`${id} comes with the page and cannot be removed`);
      const store = await deps.store;
      const manifest = await store
        .source(id)
        .manifest()
        .catch(() => undefined); // damaged: it can be removed all the same
      await store.remove(id);
      if (manifest) await (await deps.tokens).removeShards(manifest.shards);
      return null;
    },
  });

  /** One import at a time, and one that can be ended. */
  async function working<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (job) throw new DataError("another dataset is being added; wait for it or end it first");
    job = new AbortController();
    try {
      return await work(job.signal);
    } finally {
      job = undefined;
    }
  }

  function tell(message: string, progress: Progress): void {
    emit({ type: "importing", message, progress });
  }

  async function add(files: readonly SourceFile[], signal: AbortSignal, only?: string): Promise<DatasetInfo> {
    const entries = await catalog();
    const manifests = await importFiles(files, {
      ...{ entries, signal, store: await deps.store },
      ...(only !== undefined && { only }),
      onFile: (title, done, total) =>
        tell(`Converting ${title}`, { phase: "download", done, total, unit: "parts" }),
    });
    return describe(manifests[0]!, "added", entries);
  }
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
