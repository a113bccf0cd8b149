// Datasets and encoders for a backup, and back from one: every shard and checkpoint verified, nothing that is here replaced.
import { MAX_WHOLE_BYTES } from "../../core/formats/limits.ts";
import { isModelName } from "../../core/encoders/encoderId.ts";
import { asDataError, DataError } from "../../core/inputError.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { readShard } from "../../training/data/readShard.ts";
import { manifestSha256, readManifest, type ShardSource } from "../../training/data/shardSource.ts";
import { encodeManifest, type ShardStore } from "../../training/data/shardStore.ts";
import { pulse } from "../../training/engine/pulse.ts";
import { blobFiles } from "../../training/pretrained/checkpointFiles.ts";
import { copyCheckpoint } from "../../training/pretrained/copyCheckpoint.ts";
import { filesSha256 } from "../../training/pretrained/filesSha256.ts";
import type { ModelStore } from "../../training/pretrained/modelStore.ts";
import type { KeepRequests, KeptDataset, KeptEncoder } from "../protocol.ts";
import type { Handlers } from "../rpc.ts";

export interface KeepHostDeps {
  readonly store: Promise<ShardStore>;
  readonly models: Promise<ModelStore>;
  /** Comes with the page: in no backup, and no backup's to bring. */
  isEmbedded(id: string): boolean;
}

export function keepHandlers({ store, models, isEmbedded }: KeepHostDeps): Handlers<KeepRequests> {
  const datasetOf = async (source: ShardSource): Promise<KeptDataset> => {
    const manifest = await source.manifest();
    const shards: Blob[] = [];
    for (const shard of manifest.shards) {
      shards.push(await (source.file?.(shard) ?? wholeOf(await source.open(shard))));
    }
    const text = encodeManifest(manifest) as Uint8Array<ArrayBuffer>; // never shared memory here
    return { id: manifest.id, title: manifest.title, manifest: new Blob([text]), shards };
  };
  return {
    async listKept() {
      const [sets, encoders] = [await store, await models];
      const notes: string[] = [];
      const datasets: KeptDataset[] = [];
      for (const id of await sets.list()) {
        try {
          datasets.push(await datasetOf(sets.source(id)));
        } catch (error) {
          notes.push(`${id} is not in the backup: ${asDataError(error).message}`);
        }
      }
      const kept: KeptEncoder[] = [];
      for (const name of await encoders.list()) {
        const files = [...(await encoders.blobs(name))].map(([path, file]) => ({ path, file }));
        kept.push({ name, files });
      }
      return { datasets, encoders: kept, notes };
    },

    async restoreDataset({ where, manifest: file, shards }) {
      if (file.size > MAX_WHOLE_BYTES) throw new DataError(`${where}: its manifest is too large to be one`);
      const manifest = readManifest(await file.text(), where);
      if (isEmbedded(manifest.id)) throw new DataError(`${where}: ${manifest.id} comes with the page`);
      const sets = await store;
      const ids = await sets.list();
      for (const own of [manifest, renamed(manifest)]) {
        const name = own.title || own.id;
        if (!ids.includes(own.id)) {
          await writeDataset(sets, own, shards, where);
          return { outcome: own === manifest ? "added" : "copied", name: own === manifest ? name : own.id };
        }
        const here = await sets
          .source(own.id)
          .manifest()
          .catch(() => undefined); // damaged: what is in the backup is something else
        if (here?.sha256 === own.sha256) return { outcome: "there", name };
      }
      throw new DataError(`${where}: what is here as ${renamed(manifest).id} is damaged; remove it first`);
    },

    async restoreEncoder({ where, name, files }) {
      if (!isModelName(name))
        throw new DataError(`${where}: “${name.slice(0, 60)}” is no name for an encoder`);
      const given = new Map(files.map(({ path, file }) => [path, file]));
      const encoders = await models;
      const digest = await filesSha256(given);
      const names = await encoders.list();
      for (const own of [name, `${name.slice(0, 50)}-${digest.slice(0, 8)}`]) {
        if (!names.includes(own)) {
          await copyCheckpoint(blobFiles(own, given), {}, await encoders.sink(own));
          return { outcome: own === name ? "added" : "copied", name: own };
        }
        if ((await filesSha256(await encoders.blobs(own))) === digest) return { outcome: "there", name: own };
      }
      throw new DataError(`${where}: two other encoders have its names here; remove one first`);
    },
  };
}

/** The same under a name that says which of two it is: always the same one, so that it is kept once. */
function renamed(manifest: Manifest): Manifest {
  const own = { ...manifest, id: `${manifest.id}-${manifest.sha256.slice(0, 8)}` };
  return { ...own, sha256: manifestSha256(own) };
}

/** @throws Error naming the shard that is missing, cut or altered; nothing is written then */
async function writeDataset(
  store: ShardStore,
  manifest: Manifest,
  shards: readonly (Blob | undefined)[],
  where: string,
): Promise<void> {
  const blobs = new Map(manifest.shards.map(({ path }, i) => [path, shards[i]]));
  const source: ShardSource = {
    id: where,
    manifest: () => Promise.resolve(manifest),
    open({ path }) {
      const blob = blobs.get(path);
      if (!blob) throw new DataError(`${where}: ${path} is not in the backup, which may have been cut`);
      return Promise.resolve(blob.stream());
    },
  };
  const sink = await store.sink(manifest.id);
  try {
    for (const shard of manifest.shards) {
      pulse();
      await readShard(source, shard);
      await sink.write(shard.path, new Uint8Array(await blobs.get(shard.path)!.arrayBuffer()));
    }
    await sink.commit(manifest);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

const wholeOf = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
