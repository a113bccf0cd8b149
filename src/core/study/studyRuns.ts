// The runs of a study, in their order: the whole first seed before the second, cells shuffled within each. So the picture is
// balanced at any moment; the order hangs on the study alone, never on who runs it.
import { createRandom } from "../random.ts";
import { withChanges, withPath, type ExperimentSpec } from "../spec/spec.ts";
import type { Cell, Study, StudyRun } from "./study.ts";

/** What a cell trains with one seed. */
export const cellSpec = (study: Pick<Study, "spec">, cell: Cell, seed: number): ExperimentSpec =>
  withPath(withChanges(study.spec, cell.changes), "seed", seed);

/** More seeds come after those that were there, whose order stays. */
export function studyRuns(study: Pick<Study, "spec" | "cells" | "seeds">): StudyRun[] {
  const random = createRandom(0).fork(`study ${study.cells.map(({ name }) => name).join(" ")}`);
  return study.seeds.flatMap((seed) =>
    random
      .fork(seed)
      .shuffle([...study.cells])
      .map((cell) => ({ cell: cell.name, seed, spec: cellSpec(study, cell, seed) })),
  );
}
