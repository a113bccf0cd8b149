// Which cells a study holds against which, and the one family in which each pair is decided: once, for every measure and
// every place that tells it. Compares no result (familyVerdicts.ts).
import { canonicalJson } from "../../data/canonicalJson.ts";
import type { SpecPath } from "../../spec/spec.ts";
import { cellNamed, controlOf, type Cell, type Study } from "../study.ts";
import { isRule } from "./movingCells.ts";
import type { FamilyAsks, RuleMean } from "./studyAnalysis.ts";

export interface AskedPair {
  readonly cell: string;
  readonly other: string;
}

export interface AskedFamily {
  readonly asks: FamilyAsks;
  readonly pairs: readonly AskedPair[];
}

/**
 * The questions of a study in their order, each a family of its own: does a rule beat its own mean held fixed, its own way
 * backwards; is a cell better than a further control that is nearer to it, or a rule than any further control; is a cell better
 * than the first control. A pair that an earlier question asks of is left out of later ones, so it has one verdict. Which
 * questions there are follows from the design and from the mixes that were drawn, never from what was measured (ADR 51).
 *
 * @param rules with the cells that hold their means
 * @returns none without a pair, but for the first control's
 */
export function familiesOf(study: Study, rules: readonly RuleMean[]): AskedFamily[] {
  const control = controlOf(study);
  const made = (way: Cell["made"]): AskedPair[] =>
    study.cells.flatMap(({ name, controlOf: rule, made: own }) =>
      rule !== undefined && own === way ? [{ cell: rule, other: name }] : [],
    );
  const held = rules.flatMap(({ cell, other }) =>
    other === undefined || cell === control ? [] : [{ cell, other }],
  );
  const cells = study.cells.filter(({ name, controlOf: rule }) => name !== control && rule === undefined);
  const further = study.controls
    .slice(1)
    .map((name): AskedFamily => ({ asks: "further", pairs: furtherPairs(study, name) }));
  const taken = new Set<string>();
  const untaken = ({ cell, other }: AskedPair): boolean => {
    const key = [cell, other].sort().join(" "); // names hold no blank
    return !taken.has(key) && Boolean(taken.add(key));
  };
  const asked: AskedFamily[] = [
    { asks: "mean", pairs: [...held, ...made("mean")] },
    { asks: "reversed", pairs: made("reversed") },
    ...further,
    { asks: "control", pairs: cells.map(({ name }) => ({ cell: name, other: control })) },
  ];
  return asked
    .map(({ asks, pairs }) => ({ asks, pairs: pairs.filter(untaken) }))
    .filter(({ asks, pairs }) => asks === "control" || pairs.length > 0);
}

/** Cells that differ from a further control in fewer fields than from the first, as of another start; and rules, which have to beat it. */
function furtherPairs(study: Study, name: string): AskedPair[] {
  const [first, further] = [cellNamed(study, controlOf(study)), cellNamed(study, name)];
  return study.cells
    .filter((cell) => cell !== further && cell !== first && cell.controlOf === undefined)
    .filter((cell) => isRule(study, cell.name) || nDiffering(cell, further) < nDiffering(cell, first))
    .map((cell) => ({ cell: cell.name, other: name }));
}

function nDiffering(a: Cell, b: Cell): number {
  const paths = new Set([...Object.keys(a.changes), ...Object.keys(b.changes)]) as Set<SpecPath>;
  const text = (cell: Cell, path: SpecPath) => canonicalJson(cell.changes[path] ?? null);
  return [...paths].filter((path) => text(a, path) !== text(b, path)).length;
}
