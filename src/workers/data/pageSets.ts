// Datasets that come with the page. Knows no dataset by name.
import { onceDone } from "../../core/onceDone.ts";
import { createHttpShards } from "../../training/data/httpShards.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";

/** Sets that come with the page: their manifests stay as they were first read. */
export function createPageSets(): (base: string, id: string) => ShardSource {
  const sets = new Map<string, ShardSource>();
  return (base, id) => {
    const address = `${base}datasets/${id}`;
    const known = sets.get(address);
    if (known) return known;
    const source = createHttpShards(address);
    const own = { ...source, manifest: onceDone(() => source.manifest()) };
    sets.set(address, own);
    return own;
  };
}
