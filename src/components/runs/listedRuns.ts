// Which runs the list shows, and in which order. Pure.
import { shownIn } from "../../core/metrics/metricTable.ts";
import type { Run } from "../../state/run/run.ts";

/** "newest", "name" or the path of a metric. */
export type RunOrder = string;

const BY_METRIC = shownIn("order");

export const ORDERS: readonly { readonly value: RunOrder; readonly label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "name", label: "By name" },
  ...BY_METRIC.map(({ path, label, better }) => ({
    value: path,
    label: better === "lower" ? `Smallest ${label.toLowerCase()} first` : `Best ${label} first`,
  })),
];

/** Runs that lack the metric come last. */
function compare(order: RunOrder): (a: Run, b: Run) => number {
  if (order === "newest") return (a, b) => b.createdAt - a.createdAt;
  if (order === "name") return (a, b) => a.name.localeCompare(b.name, "en", { numeric: true });
  const sign = BY_METRIC.find(({ path }) => path === order)?.better === "lower" ? 1 : -1;
  const key = (run: Run) => sign * (run.summary[order]?.now ?? sign * Number.MAX_VALUE);
  return (a, b) => key(a) - key(b);
}

/** @param text words that must all occur in name, preset, status or "seed n" */
export function listedRuns(runs: readonly Run[], text: string, starredOnly: boolean, order: RunOrder): Run[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs
    .filter((run) => !starredOnly || run.starred)
    .filter((run) => {
      const facts = `${run.name} ${run.presetName} ${run.status} seed ${run.spec.seed}`.toLowerCase();
      return words.every((word) => facts.includes(word));
    })
    .sort(compare(order));
}
