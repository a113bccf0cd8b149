// Which groups of seeds are compared, and which runs stand apart because they answered another test. Pure; draws nothing.
import { experimentsOf, seededRun, type SeededRun } from "../../core/series/seedGroups.ts";
import { sameTest } from "../../core/record/sameTest.ts";
import { isAutomaticName } from "../../core/naming/automaticName.ts";
import type { NamedCourse } from "../../core/naming/facets.ts";
import { runNames } from "../../core/naming/runNames.ts";
import { testKey } from "../../core/naming/testOf.ts";
import { COLOURS, LOOKS } from "../../core/picture/lineLook.ts";
import { experimentCourse } from "../../state/run/experimentCourse.ts";
import { detailOf, isGoing, type Run } from "../../state/run/run.ts";

/** All seeds of one experiment, or one run that has no end yet. */
export interface RunGroup {
  readonly id: string; // of its first run
  readonly label: string;
  readonly runs: readonly Run[]; // one per seed, by seed
  readonly colour: number;
  /** What all of its runs have trained: no seed, and the device that ran them. */
  readonly course: NamedCourse;
}

export interface Comparison {
  readonly groups: readonly RunGroup[]; // the selected run's first; all answered its test
  readonly elsewhere: readonly RunGroup[]; // shown runs of other tests
}

/** Without a choice of runs: as many as there are colours, more would hide one another. */
const MOST_UNASKED = COLOURS;

/**
 * The experiments of the runs that are shown, each with all its seeds among `ended`; while nothing is laid over the selected
 * run, all experiments of its test, the newest first.
 *
 * @param shown the selected run first
 * @param ended runs that came to their end, newest first
 */
export function comparedGroups(shown: readonly Run[], ended: readonly Run[]): Comparison {
  const [selected] = shown;
  if (!selected) return { groups: [], elsewhere: [] };
  const experiments = experimentsOf(ended.flatMap((run) => (run.misfits ? [] : (asSeed(run) ?? []))));
  const groupOf = (run: Run): readonly Run[] =>
    experiments.find((members) => members.some(({ run: { id } }) => id === run.id))?.map((one) => one.run) ??
    // A seed trained twice stands in its group once: the other one is that group all the same.
    experiments.find((members) => isOneOf(run, members))?.map((one) => one.run) ?? [run];
  const asked = shown.map(groupOf);
  const beside =
    shown.length > 1
      ? asked
      : [...asked, ...experiments.map((members) => members.map(({ run }) => run))].filter((runs) =>
          isSameTest(selected, runs[0]!),
        );
  const ofTest = distinct(beside).filter((runs) => isSameTest(selected, runs[0]!));
  const kept = shown.length > 1 ? distinct(beside) : ofTest.slice(0, MOST_UNASKED);
  const named = labelled(
    kept.map((runs) => {
      const own = shown.find(({ id }) => runs.some((run) => run.id === id)) ?? runs[0]!;
      return { id: runs[0]!.id, runs, colour: own.colour, course: experimentCourse(runs[0]!) };
    }),
  );
  const here = named.filter(({ runs }) => isSameTest(selected, runs[0]!));
  return { groups: here, elsewhere: named.filter((group) => !here.includes(group)) };
}

interface Seed extends SeededRun {
  readonly run: Run;
}

function asSeed(run: Run): Seed | undefined {
  const seeded = seededRun(run);
  return seeded && { ...seeded, run };
}

function isOneOf(run: Run, members: readonly Seed[]): boolean {
  const seed = asSeed(run);
  return seed !== undefined && !run.misfits && experimentsOf([seed, members[0]!]).length === 1;
}

function distinct(groups: readonly (readonly Run[])[]): readonly (readonly Run[])[] {
  const seen = new Set<string>();
  return groups.filter(([first]) => {
    const isNew = !seen.has(first!.id);
    seen.add(first!.id);
    return isNew;
  });
}

/** By the specs, and by the records where both are here: data of one name may have changed. */
function isSameTest(a: Run, b: Run): boolean {
  const [first, second] = [detailOf(a).record, detailOf(b).record];
  return testKey(a.spec) === testKey(b.spec) && (!first || !second || sameTest(first, second));
}

/** Named by what sets them apart from one another; one run alone as a person named it. */
function labelled(groups: readonly Omit<RunGroup, "label">[]): RunGroup[] {
  const names = runNames(
    groups.map(({ id, runs, course }) => {
      const [{ name, createdAt }] = runs as [Run, ...Run[]];
      const given = runs.length === 1 && !isAutomaticName(name) ? { given: name } : {};
      return { id, createdAt, ...course, ...given };
    }),
  );
  const taken = new Set<number>();
  return groups.map((group) => {
    const { name } = names.get(group.id)!;
    // A run's own colour where no group before has it: two of one colour would be told apart by their marks alone. Where all
    // colours are taken, so they are, and where all looks are, by their labels.
    const apart = taken.size < COLOURS ? COLOURS : LOOKS;
    let colour = group.colour;
    while (taken.size < LOOKS && [...taken].some((other) => (other - colour) % apart === 0)) colour++;
    taken.add(colour);
    return { ...group, colour, label: isGoing(group.runs[0]!) ? `${name}, in training` : name };
  });
}
