// What of a browser the lab uses, and what happens where it is missing (docs/browsers.md). Asks, changes nothing.

/** A browser's global scope, of which anything may be missing. */
export type BrowserScope = object;

export interface Feature {
  readonly name: string;
  readonly path: string; // in the global scope
  /** "all": nothing can be trained. "some": a part of the lab. "pace": the same, more slowly, which the device's badge tells. */
  readonly costs: "all" | "some" | "pace";
  /** What happens without it. */
  readonly without: string;
}

const feature = (name: string, path: string, costs: Feature["costs"], without: string): Feature => ({
  name,
  path,
  costs,
  without,
});

export const FEATURES: readonly Feature[] = [
  feature("Workers", "Worker", "all", "Nothing can be trained."),
  feature("Unpacking gzip", "DecompressionStream", "all", "No texts can be read, so nothing can be trained."),
  feature(
    "Packing gzip",
    "CompressionStream",
    "some",
    "Sets of your own cannot be added, projects and backups not be written.",
  ),
  feature("Hashing", "crypto.subtle", "some", "Backups cannot be opened."),
  feature("Settings", "localStorage", "some", "Settings are forgotten when the page is closed."),
  feature("Database", "indexedDB", "some", "Runs and studies are forgotten when the page is closed."),
  feature(
    "Private files",
    "navigator.storage.getDirectory",
    "some",
    "Added sets and encoders are not kept, and a run that is cut off begins anew.",
  ),
  feature("Service worker", "navigator.serviceWorker", "some", "The page needs the network at every visit."),
  feature("Cache", "caches", "some", "The page needs the network at every visit."),
  feature(
    "Locks between tabs",
    "navigator.locks",
    "some",
    "A tab does not know what another one trains: train in one.",
  ),
  feature(
    "Words between tabs",
    "BroadcastChannel",
    "some",
    "What another tab trained is seen after a reload.",
  ),
  feature("WebAssembly", "WebAssembly", "some", "Training runs in plain JavaScript, many times slower."),
  feature("WebGPU", "navigator.gpu", "pace", "Training runs on the processor, on WebAssembly."),
  feature("Shared memory", "SharedArrayBuffer", "pace", "WebAssembly takes one thread."),
];

/** @returns the features that are not in `scope`, or that it refuses */
export const missingFeatures = (scope: BrowserScope): readonly Feature[] =>
  FEATURES.filter(({ path }) => !has(scope, path));

function has(scope: BrowserScope, path: string): boolean {
  try {
    const found = path
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], scope);
    return found !== undefined && found !== null;
  } catch {
    return false; // storage of a page that may not have any throws when it is looked at
  }
}
