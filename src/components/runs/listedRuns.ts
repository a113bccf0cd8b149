// Which runs the list shows, and in which order. Pure.
import { isSaid, saidLines } from "../../core/naming/runSearch.ts";
import { searchLines } from "../../core/naming/settingText.ts";
import { findPreset } from "../../core/spec/presets.ts";
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

/** @param text words that must all occur in its name, state, settings (labels, values and words), note or tags; "seed 3" is one */
export function listedRuns(runs: readonly Run[], text: string, starredOnly: boolean, order: RunOrder): Run[] {
  return runs
    .filter((run) => !starredOnly || run.starred)
    .filter((run) => {
      if (text.trim() === "") return true; // what a run is found by is not spelled before somebody searches
      const { name, subtitle = "", presetName, status, note = "", tags = [] } = run;
      const said = [name, subtitle, presetName, findPreset(presetName)?.label, status, note, ...tags];
      return isSaid(text, [...saidLines(said.join("\n")), ...searchLines(run.spec)]);
    })
    .sort(compare(order));
}
