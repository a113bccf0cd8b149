// Whether the window has room for the panes side by side; as in shell/bench.css.
import { useSyncExternalStore } from "react";

const BENCH = "(min-width: 1100px)";

export function useBench(): boolean {
  return useSyncExternalStore(watch, () => window.matchMedia(BENCH).matches);
}

function watch(onChange: () => void): () => void {
  const query = window.matchMedia(BENCH);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
