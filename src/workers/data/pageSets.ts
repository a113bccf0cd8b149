// Datasets that come with the page. Knows no dataset by name.
import { onceDone } from "../../core/onceDone.ts";
import { createHttpShards, type HttpOptions } from "../../training/data/httpShards.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";

/** Of files that are held, packed: a form that looks at its plan reads what the run reads after it. */
const MOST_BYTES = 2 ** 23;

/** Sets that come with the page: their manifests stay as they were first read, and so do the files read last. */
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

function holdFiles(source: ShardSource): ShardSource {
  const held = new Map<string, { readonly bytes: number; readonly file: Promise<Blob> }>(); // oldest first
  let total = 0;
  const forget = (path: string) => {
    total -= held.get(path)?.bytes ?? 0;
    held.delete(path);
  };
  return {
    ...source,
    async open(shard, signal) {
      const { path, bytes } = shard;
      let file = held.get(path)?.file;
      if (!file) {
        file = source.open(shard).then((stream) => new Response(stream as BodyInit).blob()); // for whoever reads it next, too
        file.catch(() => forget(path));
        held.set(path, { bytes, file });
        total += bytes;
        for (const old of held.keys()) {
          if (total <= MOST_BYTES || old === path) break;
          forget(old);
        }
      }
      const blob = await file;
      signal?.throwIfAborted();
      return blob.stream();
    },
  };
}
