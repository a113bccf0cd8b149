// The part of a study whose cells had as much of something as its control: what may be compared where that is to be equal.
import { equalUnder, spentOf } from "./budgets.ts";
import { sourcesOf } from "../cellSources.ts";
import { BUDGETS, controlOf, type Budget, type Study } from "../study.ts";
import type { StudyResult } from "../studyResult.ts";

interface Whole {
  readonly study: Study;
  readonly result: StudyResult;
}

/** By budget the cells that had as much as the control, it among them, and whose sources did; none before it has a run. */
export function equalCells({ study, result }: Whole): ReadonlyMap<Budget, readonly string[]> {
  const names = study.cells.map(({ name }) => name);
  return new Map(
    equalUnder(spentOf(result.runs, names), controlOf(study)).map(({ budget, cells }) => [
      budget,
      withSources(study, cells),
    ]),
  );
}

function withSources(study: Study, names: readonly string[]): readonly string[] {
  const kept = study.cells.filter(
    (cell) => names.includes(cell.name) && sourcesOf(cell).every((source) => names.includes(source)),
  );
  return kept.length === names.length
    ? names
    : withSources(
        study,
        kept.map(({ name }) => name),
      );
}

/** The study of these cells alone, with its own families: fewer pairs, so their tests are milder. */
export function partOf({ study, result }: Whole, cells: readonly string[], budget: Budget): Whole {
  const isKept = ({ cell }: { readonly cell: string }) => cells.includes(cell);
  const { mixture: _, ...rest } = study; // its surface asks for all blends
  return {
    study: {
      ...rest,
      title: `${study.title}: cells of equal ${BUDGETS[budget]}`,
      budget,
      cells: study.cells.filter(({ name }) => cells.includes(name)),
      controls: study.controls.filter((name) => cells.includes(name)),
    },
    result: { runs: result.runs.filter(isKept), missing: result.missing.filter(isKept) },
  };
}
