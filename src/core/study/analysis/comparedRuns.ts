// Which runs of a study are held against each other: those of one seed on one device. Compares nothing.
import { groupBy } from "../../groupBy.ts";
import { runKey } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import type { StudyAnalysis } from "./studyAnalysis.ts";

export interface ComparedRuns extends Pick<StudyAnalysis, "devices" | "apart"> {
  readonly runs: readonly CellRun[];
}

/**
 * Of each seed the runs of the device that ran most of its cells, of equals that which ran more of the study. Different
 * seeds may come from different devices, since differences are taken within a seed.
 */
export function comparedRuns(all: readonly CellRun[]): ComparedRuns {
  const ofStudy = groupBy(all, ({ device }) => device);
  const runs: CellRun[] = [];
  const apart: string[] = [];
  for (const ofSeed of groupBy(all, ({ seed }) => seed).values()) {
    const byDevice = [...groupBy(ofSeed, ({ device }) => device).values()].sort(
      (a, b) => b.length - a.length || ofStudy.get(b[0]!.device)!.length - ofStudy.get(a[0]!.device)!.length,
    );
    const [most, ...others] = byDevice;
    runs.push(...(most ?? []));
    apart.push(...others.flat().map(runKey));
  }
  const seedsOf = [...groupBy(runs, ({ device }) => device)].map(([device, own]) => ({
    device,
    seeds: [...new Set(own.map(({ seed }) => seed))].sort((a, b) => a - b),
  }));
  return { runs, devices: seedsOf.sort((a, b) => b.seeds.length - a.seeds.length), apart };
}
