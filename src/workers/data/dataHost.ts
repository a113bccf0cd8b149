// The data worker: lists, shows and removes datasets for the page. Adds them through importHost.ts, feeds the trainer
// through feedHost.ts.
import { parseCatalog, type CatalogEntry } from "../../core/data/catalog.ts";
import { EMBEDDED_SETS } from "../../core/data/embeddedSets.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import type { ModelStore } from "../../training/pretrained/modelStore.ts";
import type { TokenStore } from "../../training/corpus/tokenStore.ts";
import { previewPairs } from "../../training/data/previewPairs.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";
import type { ShardStore } from "../../training/data/shardStore.ts";
import type { DownloadStore } from "../../training/download/downloadStore.ts";
import type { DownloadShelf } from "../../training/hub/downloadShelf.ts";
import type { Tokenizer } from "../../training/text/tokenizer.ts";
import type { PageAddresses, PagePlaces } from "../pagePlaces.ts";
import { encoderHandlers } from "./encoderHost.ts";
import { serveFeed } from "./feedHost.ts";
import { importHandlers } from "./importHost.ts";
import { keepHandlers } from "./keepHost.ts";
import { createPlanHost } from "./planHost.ts";
import { PROTOCOL_VERSION, type DataEvent, type DataRequests } from "../protocol.ts";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { serveRpc, type Port } from "../rpc.ts";

export interface DataHostDeps {
  /** Text of a file of the page, by its path under the page's folder. */
  readText(base: string, path: string): Promise<string>;
  /** Sets that come with the page. */
  pageSet(base: string, id: string): ShardSource;
  /** Made of a tokenizer.json. */
  tokenizer(json: string): Tokenizer;
  readonly store: Promise<ShardStore>;
  readonly tokens: Promise<TokenStore>;
  readonly models: Promise<ModelStore>;
  readonly shelf: Promise<DownloadShelf | undefined>; // of downloaded checkpoints
  readonly vectors: Promise<DownloadShelf | undefined>; // of teachers
  places(page: PageAddresses): PagePlaces;
  readonly downloads: Promise<DownloadStore>;
}

export function serveData(port: Port, deps: DataHostDeps): void {
  let [base, hub] = ["", ""];
  let endFeed = () => {}; // of a trainer that was replaced
  const isEmbedded = (id: string) => EMBEDDED_SETS.includes(id);
  const sourceOf = async (id: string): Promise<ShardSource> => {
    if (isEmbedded(id)) return deps.pageSet(base, id);
    const store = await deps.store;
    const known = await store.list();
    if (known.includes(id)) return store.source(id);
    const have = [...EMBEDDED_SETS, ...known].join(", ");
    throw new DataError(
      `data: "${id}" is not in this browser; it has ${have}. Drop the files of ${id} on the page`,
    );
  };
  const catalog = async (): Promise<readonly CatalogEntry[]> => {
    const path = "datasets/catalog.json";
    return parseCatalog(JSON.parse(await deps.readText(base, path)), path);
  };

  const plans = createPlanHost(sourceOf);
  const emit: (event: DataEvent) => void = serveRpc<DataRequests, DataEvent>(port, {
    ...encoderHandlers(
      () => deps.places({ base, hub }),
      deps,
      (event) => emit(event),
    ),
    ...importHandlers({ catalog, describe, ...deps }, (event) => emit(event)),
    ...keepHandlers({ ...deps, isEmbedded }),
    ...plans.handlers,
    connect({ version, base: pageBase, hub: address, trainer }) {
      if (version !== PROTOCOL_VERSION) {
        throw new Error(
          `the page speaks version ${version}, this worker ${PROTOCOL_VERSION}; reload the page`,
        );
      }
      [base, hub] = [pageBase, address];
      endFeed();
      endFeed = serveFeed(trainer, sourceOf, (json) => deps.tokenizer(json), deps.tokens, plans);
      trainer.start();
      return null;
    },

    useHub({ address }) {
      hub = address;
      return null;
    },

    async list() {
      const store = await deps.store;
      const entries = await catalog();
      const notes = store.note === null ? [] : [store.note];
      const datasets: DatasetInfo[] = [];
      for (const id of [...EMBEDDED_SETS, ...(await store.list())]) {
        try {
          const manifest = await (await sourceOf(id)).manifest();
          datasets.push(describe(manifest, isEmbedded(id) ? "embedded" : "added", entries));
        } catch (error) {
          notes.push(`${id} cannot be used: ${asDataError(error).message}`); // the others stay usable
        }
      }
      const tokenBytes = await (await deps.tokens).totalBytes();
      const unfinished = await (await deps.downloads).list();
      return { datasets, catalog: entries, notes, tokenBytes, unfinished };
    },

    async preview({ id, lang }) {
      const source = await sourceOf(id);
      return previewPairs(source, await source.manifest(), lang);
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
