// The form's way to a run and a run's way to the form. Knows nothing of workers.
import type { Course } from "../core/spec/course.ts";
import { FIELDS } from "../core/spec/fields.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { equalButSeed } from "../core/spec/specChecks.ts";
import { draftStore } from "./draftStore.ts";
import { branchSpec, parentAt } from "./run/branching.ts";
import { courseOfRun, parentOf, type Run } from "./run/run.ts";
import type { RunsState, RunStart } from "./runs/runsState.ts";
import { runStore } from "./runStore.ts";

const MAX_SEED = FIELDS.seed.max;

/** Starts the draft as a new run, once none is going on, or in place of the one that is. */
export function startDraft(asked: Pick<RunStart, "begin" | "instead"> = {}): Promise<void> {
  const { spec, presetName, parent, parentId, stopAt, trajectory, expected } = draftStore.getState();
  const course = { parent, parentId, stopAt, trajectory, promised: expected?.made };
  return runStore.getState().start(spec, { presetName, ...course, ...asked });
}

/** The smallest seed above the draft's that no run of the same settings has. */
export function nextSeed(
  spec: ExperimentSpec,
  runs: readonly Course[], // those that wait for their turn, too
): number {
  const whole = runs.filter(
    ({ parent, stopAt, trajectory }) => parent === undefined && stopAt === undefined && !trajectory,
  );
  const used = new Set(whole.flatMap((run) => (equalButSeed(run.spec, spec) ? [run.spec.seed] : [])));
  let seed = spec.seed;
  do seed = seed === MAX_SEED ? 0 : seed + 1;
  while (used.has(seed));
  return seed;
}

/** Of all runs that are or will be. */
export const allCourses = ({ runs, waiting }: Pick<RunsState, "runs" | "waiting">): readonly Course[] => [
  ...runs,
  ...waiting.map(({ course }) => course),
];

/** The same settings with the next seed, once no run is going on: set on the form and trained, since that is what a next seed is for. */
export function trainNextSeed(): Promise<void> {
  const seed = nextSeed(draftStore.getState().spec, allCourses(runStore.getState()));
  draftStore.getState().setFields({ seed }, `next seed (${seed})`);
  return startDraft();
}

/** One training step, then a pause: of the run that is going on, else of the draft. */
export function stepDraft(): Promise<void> {
  const { trainingId, step } = runStore.getState();
  return trainingId === undefined ? startDraft({ begin: "oneStep" }) : step();
}

/** The same once more: a branch with its parents, a stopped run up to where it was stopped; once no run is going on. */
export async function trainAgain({ id }: Run): Promise<void> {
  const run = await runStore.getState().loadDetail(id);
  if (!run) return;
  const { spec, ...course } = courseOfRun(run);
  const { presetName, parentId } = run;
  await runStore.getState().start(spec, { ...course, presetName, parentId });
}

/** Its settings on the form: to be changed, or trained to their last step. */
export function loadSettings(run: Run): void {
  const { spec, presetName, parentId } = run;
  draftStore.getState().loadSpec(spec, presetName, { parent: parentOf(run), parentId });
}

/** The same of a recipe whose run is not here. */
export function loadRecipe({ spec, parent }: Course): void {
  draftStore.getState().loadSpec(spec, DEFAULT_PRESET.name, { parent });
}

/** A branch of the run on the form. A run in training is paused, and keeps a snapshot of the step that it comes to. */
export async function branchFrom(run: Run, step: number): Promise<void> {
  const { trainingId, pause } = runStore.getState();
  const branch = { parent: parentAt(run, step), parentId: run.id };
  draftStore.getState().loadSpec(branchSpec(run, step), run.presetName, branch);
  if (run.id === trainingId && run.status === "running") await pause();
}
