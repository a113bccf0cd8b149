// Datasets that come with the page. Knows no dataset by name.
import type { Shard } from "../../core/data/manifest.ts";
import { onceDone } from "../../core/onceDone.ts";
import { createHttpShards, type HttpOptions } from "../../training/data/httpShards.ts";
import { streamOf, type ShardSource } from "../../training/data/shardSource.ts";

/** Of files that are held, packed. */
const MOST_BYTES = 2 ** 23;

/**
 * Sets that come with the page: their manifests stay as they were first read, and the files read last until they are read once
 * more, as a form that looks at its plan reads what the run reads after it.
 */
export function createPageSets(options: HttpOptions = {}): (base: string, id: string) => ShardSource {
  const sets = new Map<string, ShardSource>();
  return (base, id) => {
    const address = `${base}datasets/${id}`;
    const known = sets.get(address);
    if (known) return known;
    const source = createHttpShards(address, options);
    const own = holdFiles({ ...source, manifest: onceDone(() => source.manifest()) });
    sets.set(address, own);
    return own;
  };
}

const wholeOf = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());

function holdFiles(source: ShardSource): ShardSource {
  const held = new Map<string, { readonly bytes: number; readonly file: Promise<Uint8Array> }>(); // oldest first
  let total = 0;
  const forget = (path: string) => {
    total -= held.get(path)?.bytes ?? 0;
    held.delete(path);
  };
  const hold = (shard: Shard): Promise<Uint8Array> => {
    const { path, bytes } = shard;
    const file = source.open(shard).then(wholeOf);
    file.catch(() => held.get(path)?.file === file && forget(path));
    held.set(path, { bytes, file });
    total += bytes;
    for (const old of held.keys()) {
      if (total <= MOST_BYTES || old === path) break;
      forget(old);
    }
    return file;
  };
  return {
    ...source,
    async open(shard, signal) {
      const known = held.get(shard.path)?.file;
      if (known) forget(shard.path);
      const whole = await (known ?? hold(shard));
      signal?.throwIfAborted();
      return streamOf(whole);
    },
  };
}
