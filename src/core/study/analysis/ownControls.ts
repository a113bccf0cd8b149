// Each rule against the controls made from its own way, paired by seed: a family of their own. Forms no sentence.
import type { Study } from "../study.ts";
import { pairVerdicts } from "./ownPairs.ts";
import type { OwnControl, SeedValue } from "./studyAnalysis.ts";

/** @param values by cell and seed @returns in the study's order; none of a control without a seed in common */
export function ownControls(
  study: Study,
  metric: string,
  values: ReadonlyMap<string, readonly SeedValue[]>,
  isOver: boolean,
): OwnControl[] {
  const pairs = study.cells.flatMap(({ name, controlOf, made }) =>
    controlOf === undefined ? [] : [{ cell: controlOf, other: name, made: made! }],
  );
  const found = pairVerdicts(pairs, (cell) => values.get(cell) ?? [], { study, metric, isOver });
  return found.map(({ cell, other, made, against }) => ({ rule: cell, control: other, made, against }));
}
