// Cells held against another than the study's first control: a rule against the cell that holds its own mean fixed, and cells
// that are nearer to a further control against that. The test is that of every family (cellVerdicts.ts).
import { canonicalJson } from "../../data/canonicalJson.ts";
import type { SpecPath } from "../../spec/spec.ts";
import { cellNamed, type Cell, type Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { cellVerdicts } from "./cellVerdicts.ts";
import { heldFixed, isRule, meanCourse } from "./movingCells.ts";
import { paired, seedValues } from "./seedMeans.ts";
import type { OwnPair, RuleMean, SeedValue } from "./studyAnalysis.ts";
import { cellSpec } from "../studyRuns.ts";

interface OwnParts {
  readonly study: Study;
  readonly runs: readonly CellRun[];
  readonly isOver: boolean; // no run is to come
}

/** Every rule that has runs and no control made from its mean (ownControls.ts), with what it had on average and, where a cell holds that fixed, their difference. */
export function ruleMeans({ study, runs, isOver }: OwnParts): RuleMean[] {
  const rules = study.cells.flatMap((cell): RuleMean[] => {
    const own = runs.filter((run) => run.cell === cell.name);
    const hasMade = study.cells.some(({ controlOf, made }) => controlOf === cell.name && made === "mean");
    if (own.length === 0 || hasMade || !isRule(study, cell.name)) return [];
    const mean = meanCourse(own, cellSpec(study, cell, 0));
    const other = heldFixed(study, runs, cell.name);
    return [{ cell: cell.name, ...(mean && { mean }), ...(other !== undefined && { other }) }];
  });
  const pairs = ownPairs(
    rules.flatMap(({ cell, other }) => (other === undefined ? [] : [{ cell, other }])),
    { study, runs, isOver },
  );
  return rules.map((rule) => {
    const against = pairs.find(({ cell }) => cell === rule.cell)?.against;
    return { ...rule, ...(against && { against }) };
  });
}

/** Cells that differ from a further control in fewer fields than from the first: another start has a control of its own. */
export function furtherControls({ study, runs, isOver }: OwnParts): OwnPair[] {
  const [first, ...others] = study.controls.map((name) => cellNamed(study, name));
  if (!first) return [];
  return others.flatMap((control) => {
    const nearer = study.cells.filter(
      (cell) => cell !== control && cell !== first && nDiffering(cell, control) < nDiffering(cell, first),
    );
    const asked = nearer.map(({ name }) => ({ cell: name, other: control.name }));
    return ownPairs(asked, { study, runs, isOver });
  });
}

function nDiffering(a: Cell, b: Cell): number {
  const paths = new Set([...Object.keys(a.changes), ...Object.keys(b.changes)]) as Set<SpecPath>;
  const text = (cell: Cell, path: SpecPath) => canonicalJson(cell.changes[path] ?? null);
  return [...paths].filter((path) => text(a, path) !== text(b, path)).length;
}

function ownPairs(
  asked: readonly { readonly cell: string; readonly other: string }[],
  { study, runs, isOver }: OwnParts,
): OwnPair[] {
  const valuesOf = (name: string) => seedValues(runs, name, ({ end }) => end.values[study.primary]);
  return pairVerdicts(asked, valuesOf, { study, metric: study.primary, isOver });
}

/**
 * Each cell against the other, paired by seed. One family: the same signs in all of them.
 * @returns those that have a seed in common, in their order
 */
export function pairVerdicts<Pair extends { readonly cell: string; readonly other: string }>(
  pairs: readonly Pair[],
  valuesOf: (cell: string) => readonly SeedValue[],
  { study, metric, isOver }: { readonly study: Study; readonly metric: string; readonly isOver: boolean },
): (Pair & Pick<OwnPair, "against">)[] {
  const keyOf = ({ cell, other }: Pair) => `${cell} ${other}`; // names hold no blank
  const differences = new Map<string, readonly SeedValue[]>();
  for (const pair of pairs) {
    const seeds = paired(valuesOf(pair.cell), valuesOf(pair.other));
    if (seeds.length > 0) differences.set(keyOf(pair), seeds);
  }
  const found = cellVerdicts(study, differences, metric, isOver);
  return pairs.flatMap((pair) => {
    const against = found.get(keyOf(pair));
    return against ? [{ ...pair, against }] : [];
  });
}
