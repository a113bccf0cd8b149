// What a run is called and which colour it has: unlike the others here, unless a person says so. Saves through the keeper.
import { shownName, type Run } from "../run/run.ts";
import type { Labelling, RunsContext } from "./runsState.ts";

export function createLabelling({ keeper, find, change }: RunsContext): Labelling {
  return {
    rename(id, name) {
      const trimmed = shownName(name);
      if (trimmed === "") return;
      change(id, (run) => ({ ...run, name: trimmed }));
      keeper.relabel(id, { name: trimmed });
    },
    toggleStar(id) {
      const starred = find(id)?.starred === false;
      change(id, (run) => ({ ...run, starred }));
      keeper.relabel(id, { starred });
    },
  };
}

/** "Hybrid", then "Hybrid 2", … */
export function freeName(label: string, runs: readonly Run[]): string {
  const taken = new Set(runs.map((run) => run.name));
  for (let i = 2, name = label; ; name = `${label} ${i++}`) if (!taken.has(name)) return name;
}

/** "Hybrid, from step 100"; a branch of that at 150 is "Hybrid, from step 150". */
export const branchName = (label: string, step: number): string =>
  shownName(`${label.replace(/, from step \d+( \d+)?$/, "").slice(0, 50)}, from step ${step}`);

/** The colour used least among the runs here, the lowest of equals. */
export function freeColour(runs: readonly Run[]): number {
  const uses = Array.from({ length: 8 }, (_, colour) => runs.filter((run) => run.colour === colour).length);
  return uses.indexOf(Math.min(...uses));
}
