// Which cells of a study move their mix or their weights, what they had on average, and which cell holds just that fixed.
// Compares no result.
import { canonicalJson } from "../../data/canonicalJson.ts";
import { BATCH_KINDS, eachKind, type BatchKind } from "../../spec/batchKind.ts";
import { SPEC_PATHS } from "../../spec/fields.ts";
import { readPath, type ExperimentSpec, type KindWeights, type SpecPath } from "../../spec/spec.ts";
import { cellSpec } from "../studyRuns.ts";
import { cellNamed, type Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";

/** What of a spec says how mix and weights move; evaluating more often moves no training. */
const OF_MOVING =
  /^(batch\.(ratio|ratioEnd|schedule|curve|unit)|loss\.(weights|weighting|curve)|rule\..+|evalEvery)$/;

/** Shares may lie so far from a rule's mean and count as it: draws come out a little off what is asked. */
const NEAR = 0.02;

export const movesMix = ({ batch }: ExperimentSpec): boolean => batch.schedule !== "constant";
export const movesWeights = ({ loss }: ExperimentSpec): boolean => loss.weighting !== "constant";

/** Whether it moves by a rule, which has to beat what it moves by; a random walk is a control itself, as those made from a rule. */
export function isRule(study: Study, name: string): boolean {
  const cell = study.cells.find((one) => one.name === name);
  if (!cell || cell.controlOf !== undefined) return false;
  const spec = cellSpec(study, cell, 0);
  const isRandom = spec.batch.schedule === "random" || spec.loss.weighting === "random";
  return !isRandom && (movesMix(spec) || movesWeights(spec));
}

/** Shares that sum to 1, over the kinds that were drawn. */
export interface MeanCourse {
  readonly mix: KindWeights; // of the batches drawn
  readonly weights?: KindWeights; // of the loss, where they move
}

/** What the runs of a cell had on average; undefined where their records do not say. */
export function meanCourse(runs: readonly CellRun[], spec: ExperimentSpec): MeanCourse | undefined {
  const mixes = runs.flatMap(({ realised }) => sharesOf((kind) => realised[kind] ?? 0) ?? []);
  if (mixes.length === 0 || mixes.length < runs.length) return undefined;
  const mix = meanOf(mixes);
  if (!movesWeights(spec)) return { mix };
  const walks = runs.flatMap((run) => meanWeights(run, mix) ?? []);
  return walks.length < runs.length ? undefined : { mix, weights: meanOf(walks) };
}

/** Of weights that come into force at steps, each as long as it holds. */
function meanWeights({ course, spent: { steps } }: CellRun, mix: KindWeights): KindWeights | undefined {
  return sharesOf((kind) => {
    if (mix[kind] === 0) return 0;
    const own = course.filter(({ metric }) => metric === `weight/${kind}`).sort((a, b) => a.step - b.step);
    return own.reduce((sum, { step, value }, i) => sum + value * ((own[i + 1]?.step ?? steps) - step), 0);
  });
}

/**
 * The cell without any movement that is nearest to what another had on average, if it is near; else undefined. Controls made from
 * a rule's way answer that rule alone.
 */
export function heldFixed(study: Study, runs: readonly CellRun[], name: string): string | undefined {
  const own = courseOf(study, runs, name);
  if (!own) return undefined;
  const far = (a: KindWeights, b: KindWeights) =>
    Math.max(...BATCH_KINDS.map((kind) => Math.abs(a[kind] - b[kind])));
  const fixed = study.cells.flatMap((cell) => {
    if (cell.controlOf !== undefined) return [];
    const other = courseOf(study, runs, cell.name);
    if (!other || movesMix(other.spec) || movesWeights(other.spec) || !isElseAlike(own.spec, other.spec))
      return [];
    const given = (spec: ExperimentSpec) =>
      sharesOf((kind) => (own.mix[kind] > 0 ? spec.loss.weights[kind] : 0)) ?? own.mix;
    const weights = far(own.weights ?? given(own.spec), given(other.spec));
    return [{ name: cell.name, off: Math.max(far(own.mix, other.mix), weights) }];
  });
  const nearest = fixed.sort((a, b) => a.off - b.off)[0];
  return nearest && nearest.off <= NEAR ? nearest.name : undefined;
}

function courseOf(study: Study, runs: readonly CellRun[], name: string) {
  const spec = cellSpec(study, cellNamed(study, name), 0);
  const course = meanCourse(
    runs.filter(({ cell }) => cell === name),
    spec,
  );
  return course && { ...course, spec };
}

const isElseAlike = (a: ExperimentSpec, b: ExperimentSpec): boolean =>
  SPEC_PATHS.filter((path: SpecPath) => !OF_MOVING.test(path)).every(
    (path) => canonicalJson(readPath(a, path)) === canonicalJson(readPath(b, path)),
  );

function sharesOf(of: (kind: BatchKind) => number): KindWeights | undefined {
  const sum = BATCH_KINDS.reduce((total, kind) => total + of(kind), 0);
  return sum > 0 ? eachKind((kind) => of(kind) / sum) : undefined;
}

const meanOf = (all: readonly KindWeights[]): KindWeights =>
  eachKind((kind) => all.reduce((sum, one) => sum + one[kind], 0) / all.length);
