// Datasets that come with the page. Knows no dataset by name.
import type { Manifest } from "../../core/data/manifest.ts";
import { createHttpShards } from "../../training/data/httpShards.ts";
import type { ShardSource } from "../../training/data/shardSource.ts";

/** Sets that come with the page: their manifests stay as they were first read. */
export function createPageSets(): (base: string, id: string) => ShardSource {
  const sets = new Map<string, ShardSource>();
  return (base, id) => {
    const address = `${base}datasets/${id}`;
    const known = sets.get(address) ?? keepManifest(createHttpShards(address));
    sets.set(address, known);
    return known;
  };
}

function keepManifest(source: ShardSource): ShardSource {
  let manifest: Promise<Manifest> | undefined;
  return {
    ...source,
    manifest: () =>
      (manifest ??= source.manifest().catch((error: unknown) => {
        manifest = undefined; // asked again, it is tried again
        throw error;
      })),
  };
}
