// Datasets that come with the page. Knows no dataset by name.
import { onceDone } from "../../core/onceDone.ts";
import { createHttpShards, type HttpOptions } from "../../training/data/httpShards.ts";
import { streamOf, type ShardSource } from "../../training/data/shardSource.ts";

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

const wholeOf = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());

function holdFiles(source: ShardSource): ShardSource {
  const held = new Map<string, { readonly bytes: number; readonly file: Promise<Uint8Array> }>(); // oldest first
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
        file = source.open(shard).then(wholeOf); // for whoever reads it next, too
        file.catch(() => forget(path));
        held.set(path, { bytes, file });
        total += bytes;
        for (const old of held.keys()) {
          if (total <= MOST_BYTES || old === path) break;
          forget(old);
        }
      }
      const whole = await file;
      signal?.throwIfAborted();
      return streamOf(whole);
    },
  };
}
