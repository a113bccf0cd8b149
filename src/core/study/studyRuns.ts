// The runs of a study, in their order: the whole first seed before the second, cells shuffled within each. So the picture is
// balanced at any moment; the order hangs on the study alone, never on who runs it. What another is made from comes before it.
import { createRandom } from "../random.ts";
import type { Course } from "../spec/course.ts";
import { withChanges, withPath, type ExperimentSpec } from "../spec/spec.ts";
import { outlined, referenceOutline, sourcesOf } from "./cellSources.ts";
import { cellNamed, type Cell, type Study, type StudyRun } from "./study.ts";

/** What a cell trains with one seed; where it takes a part of that from other cells' runs, as far as it is known before them. */
export function cellSpec(study: Pick<Study, "spec" | "cells">, cell: Cell, seed: number): ExperimentSpec {
  const { controlOf, made, reference, changes } = cell;
  if (controlOf !== undefined) return outlined(cellSpec(study, cellNamed(study, controlOf), seed), made!);
  const spec = withPath(withChanges(study.spec, changes), "seed", seed);
  return reference ? withChanges(spec, referenceOutline(reference)) : spec;
}

function runOf(study: Pick<Study, "spec" | "cells">, cell: Cell, seed: number): StudyRun {
  const runs = sourcesOf(cell).map((name) => runOf(study, cellNamed(study, name), seed));
  const fed = runs.length > 0 && { fedBy: { cell, runs } };
  return { cell: cell.name, seed, spec: cellSpec(study, cell, seed), ...fed };
}

/** More seeds come after those that were there, whose order stays. */
export function studyRuns(study: Pick<Study, "spec" | "cells" | "seeds">): StudyRun[] {
  const random = createRandom(0).fork(`study ${study.cells.map(({ name }) => name).join(" ")}`);
  return study.seeds.flatMap((seed) =>
    sourcesFirst(random.fork(seed).shuffle([...study.cells])).map((cell) => runOf(study, cell, seed)),
  );
}

/** The same order, but that a cell stands after those that it takes from. */
function sourcesFirst(cells: readonly Cell[]): Cell[] {
  const placed: Cell[] = [];
  const has = (name: string) => placed.some((cell) => cell.name === name);
  for (let rest = [...cells]; rest.length > 0; rest = rest.filter((cell) => !placed.includes(cell))) {
    placed.push(rest.find((cell) => sourcesOf(cell).every(has))!);
  }
  return placed;
}

/** What runs of these cells read: one course of each cell, as its seeds read the same. */
export const cellCourses = (
  study: Pick<Study, "spec" | "cells" | "seeds">,
  names: readonly string[],
): Course[] =>
  study.cells
    .filter(({ name }) => names.includes(name))
    .map((cell) => ({ spec: cellSpec(study, cell, study.seeds[0]!) }));
