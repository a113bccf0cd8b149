// What to do after a run, from what is already there: one table, asked from above. Starts nothing.
import { LEAST_SEEDS } from "../series/comparedSeeds.ts";
import { membersOf, type SeededRun } from "../series/seedGroups.ts";
import { contradictionOf } from "../spec/course.ts";
import type { Parent } from "../spec/lineage.ts";
import { findPreset } from "../spec/presets.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import { mixOf, withMix, type Neighbour } from "./mixes.ts";

export type NextStep<R> =
  /** @param preset what the run is named after; left out: as the run itself is */
  | {
      readonly kind: "train";
      readonly label: string;
      readonly spec: ExperimentSpec;
      readonly preset?: string;
    }
  | { readonly kind: "compare"; readonly label: string; readonly run: R };

export interface Standing<R extends SeededRun> {
  readonly run: R;
  readonly parent?: Parent | undefined; // of a branch
  readonly stopped: boolean;
  readonly runs: readonly R[]; // among which seeds are looked for
  readonly neighbours: readonly Neighbour<R>[];
  /** Whether a run is drawn beside it already. */
  readonly isBeside: (run: R) => boolean;
}

/** Which mixes a mix is held against, the first one missing first. */
const PARTNERS: Readonly<Record<string, readonly string[]>> = {
  mono: ["cross", "hybrid"],
  cross: ["mono", "hybrid"],
  hybrid: ["mono", "cross"],
  multi: ["mono", "hybrid"],
  "mixed-mono": ["mono", "hybrid"],
};
const PARTNERS_OF_OTHERS = ["mono", "cross"];

type Rule = <R extends SeededRun>(standing: Standing<R>) => NextStep<R> | undefined;

const RULES: readonly Rule[] = [
  ({ run: { spec }, stopped }) =>
    stopped ? { kind: "train", label: "the same to its last step", spec } : undefined,
  ({ neighbours, isBeside }) => {
    const [first] = neighbours;
    if (!first || neighbours.some(({ runs }) => runs.some(isBeside))) return undefined;
    return { kind: "compare", label: `compare with ${first.label}`, run: first.nearest };
  },
  ({ run: { spec }, parent, neighbours }) => {
    const partners = PARTNERS[mixOf(spec)?.name ?? ""] ?? PARTNERS_OF_OTHERS;
    for (const name of partners) {
      const other = withMix(spec, name);
      if (neighbours.some(({ mix }) => mix === name) || contradictionOf({ spec: other, parent })) continue;
      return { kind: "train", label: `the same with ${findPreset(name)!.label}`, spec: other, preset: name };
    }
    return undefined;
  },
  // A branch has its parent's seed.
  ({ run, runs, parent, neighbours }) =>
    parent ? undefined : seedStep(run, membersOf(run, runs), neighbours),
];

/** A seed for the group that has fewest: one that another group has, so that they pair, or a new one. */
function seedStep<R extends SeededRun>(
  run: R,
  own: readonly R[],
  neighbours: readonly Neighbour<R>[],
): NextStep<R> | undefined {
  const groups = [{ label: undefined, mix: undefined, runs: own }, ...neighbours];
  const seedsOf = (runs: readonly R[]) => runs.map(({ spec }) => spec.seed);
  const least = groups.reduce((a, b) => (b.runs.length < a.runs.length ? b : a));
  if (least.runs.length >= LEAST_SEEDS) return undefined;
  const all = groups.flatMap(({ runs }) => seedsOf(runs)).sort((a, b) => a - b);
  const seed = all.find((one) => !seedsOf(least.runs).includes(one)) ?? all.at(-1)! + 1;
  const label = least.label === undefined ? `the same with seed ${seed}` : `${least.label} with seed ${seed}`;
  const { mix } = least;
  return {
    kind: "train",
    label,
    spec: withPath(least.runs[0]!.spec, "seed", seed),
    ...(mix && { preset: mix }),
  };
}

/** @returns undefined where enough is there: several seeds of this mix and of those it is held against */
export function nextStep<R extends SeededRun>(standing: Standing<R>): NextStep<R> | undefined {
  for (const rule of RULES) {
    const step = rule(standing);
    if (step) return step;
  }
  return undefined;
}
