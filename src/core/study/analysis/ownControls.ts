// Each rule against the controls made from its own way, paired by seed: a family of their own. Forms no sentence.
import type { Study } from "../study.ts";
import { cellVerdicts } from "./cellVerdicts.ts";
import { paired } from "./seedMeans.ts";
import type { OwnControl, SeedValue } from "./studyAnalysis.ts";

/** @param values by cell and seed @returns in the study's order; none of a control without a seed in common */
export function ownControls(
  study: Study,
  metric: string,
  values: ReadonlyMap<string, readonly SeedValue[]>,
  isOver: boolean,
): OwnControl[] {
  const pairs = study.cells.flatMap(({ name, controlOf, made }) => {
    const seeds = controlOf === undefined ? [] : paired(values.get(controlOf) ?? [], values.get(name) ?? []);
    return seeds.length === 0 ? [] : [{ rule: controlOf!, control: name, made: made!, seeds }];
  });
  const verdicts = cellVerdicts(study, new Map(pairs.map((one) => [one.control, one.seeds])), metric, isOver);
  return pairs.map(({ seeds: _, ...one }) => ({ ...one, against: verdicts.get(one.control)! }));
}
