// Which runs the list shows, and in which order. Pure.
import type { Run } from "../../state/run/run.ts";

export type RunOrder = "newest" | "name" | "multi" | "rankDistance";

export const ORDERS: readonly { readonly value: RunOrder; readonly label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "name", label: "By name" },
  { value: "multi", label: "Best Mul mAP first" },
  { value: "rankDistance", label: "Smallest rank distance first" },
];

const COMPARE: Readonly<Record<RunOrder, (a: Run, b: Run) => number>> = {
  newest: (a, b) => b.createdAt - a.createdAt,
  name: (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
  multi: (a, b) => now(b, "map/multi", -1) - now(a, "map/multi", -1),
  rankDistance: (a, b) => now(a, "rankDistance", Number.MAX_VALUE) - now(b, "rankDistance", Number.MAX_VALUE),
};

const now = (run: Run, metric: "map/multi" | "rankDistance", missing: number) =>
  run.summary[metric]?.now ?? missing;

/** @param text words that must all occur in name, preset, status or "seed n" */
export function listedRuns(runs: readonly Run[], text: string, starredOnly: boolean, order: RunOrder): Run[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs
    .filter((run) => !starredOnly || run.starred)
    .filter((run) => {
      const facts = `${run.name} ${run.presetName} ${run.status} seed ${run.spec.seed}`.toLowerCase();
      return words.every((word) => facts.includes(word));
    })
    .sort(COMPARE[order]);
}
