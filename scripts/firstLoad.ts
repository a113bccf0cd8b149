// Which modules the page loads at first, so that they are one chunk: cut up by what later parts share, they would pack worse.

/** What of rolldown is asked. */
interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly isEntry: boolean } | null;
}

/**
 * Names the chunk of a module for `codeSplitting.groups`.
 * @param entry file name at which the page begins
 */
export function firstLoad(entry: string) {
  let reached: Set<string> | undefined;
  return (id: string, graph: Graph): string | null => {
    reached ??= reachedFrom(entry, graph);
    return reached.has(id) ? "first" : null;
  };
}

/** Modules that are imported on the way, but for those imported when they are needed. */
function reachedFrom(entry: string, graph: Graph): Set<string> {
  const reached = new Set([entry]);
  for (const id of reached) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(next);
  return reached;
}
