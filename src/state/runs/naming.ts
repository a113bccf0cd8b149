// What a run is called and which colour it has: unlike the others here, unless a person says so. Saves through the keeper.
import { shownName, type Run } from "../run/run.ts";
import type { Labelling, RunsContext } from "./runsState.ts";

export function createLabelling({ keeper, change }: Pick<RunsContext, "keeper" | "change">): Labelling {
  return {
    rename(id, name) {
      const trimmed = shownName(name);
      if (trimmed === "") return;
      change(id, (run) => ({ ...run, name: trimmed }));
      void keeper.saveNow(id);
    },
    toggleStar(id) {
      change(id, (run) => ({ ...run, starred: !run.starred }));
      void keeper.saveNow(id);
    },
  };
}

/** "Hybrid", then "Hybrid 2", … */
export function freeName(label: string, runs: readonly Run[]): string {
  const taken = new Set(runs.map((run) => run.name));
  for (let i = 2, name = label; ; name = `${label} ${i++}`) if (!taken.has(name)) return name;
}

/** The colour used least among the runs here, the lowest of equals. */
export function freeColour(runs: readonly Run[]): number {
  const uses = Array.from({ length: 8 }, (_, colour) => runs.filter((run) => run.colour === colour).length);
  return uses.indexOf(Math.min(...uses));
}
