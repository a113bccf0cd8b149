// What a run is called and which colour it has: unlike the others here, unless a person says so. Saves through the keeper.
import { labelsOf, MAX_TAGS, shownName, shownNote, shownTag, type Run, type RunLabels } from "../run/run.ts";
import { engineName } from "../../core/record/maker.ts";
import { runNames, type NamedRun, type RunWords } from "../../core/naming/runNames.ts";
import { newestFirst, type Labelling, type RunsContext } from "./runsState.ts";

export function createLabelling({ store, keeper }: RunsContext): Labelling {
  const { getState: get, setState: set } = store;
  /** @param labelsFor undefined where a run keeps what it has */
  const label = (ids: readonly string[], labelsFor: (run: Run) => RunLabels | undefined) => {
    const chosen = new Set(ids);
    const labels = new Map<string, RunLabels>();
    for (const run of get().runs) {
      const its = chosen.has(run.id) ? labelsFor(run) : undefined;
      if (its) labels.set(run.id, its);
    }
    if (labels.size === 0) return;
    set(({ runs }) => ({
      runs: runs.map((run) => (labels.has(run.id) ? { ...run, ...labelsOf(labels.get(run.id)!) } : run)),
    }));
    keeper.relabel(labels);
  };
  return {
    rename(id, name) {
      const own = shownName(name);
      label([id], (run) => {
        if (own === "") return run.named ? { named: false } : undefined;
        return own === run.name ? undefined : { name: own, named: true };
      });
    },
    toggleStar: (id) => label([id], ({ starred }) => ({ starred: !starred })),
    star: (ids, starred) => label(ids, (run) => (run.starred === starred ? undefined : { starred })),
    setNote(id, text) {
      const note = shownNote(text);
      label([id], (run) => (note === (run.note ?? "") ? undefined : { note }));
    },
    addTag(ids, text) {
      const tag = shownTag(text);
      if (tag === "") return;
      label(ids, ({ tags = [] }) =>
        tags.includes(tag) || tags.length >= MAX_TAGS ? undefined : { tags: [...tags, tag] },
      );
    },
    removeTag(ids, tag) {
      label(ids, ({ tags = [] }) =>
        tags.includes(tag) ? { tags: tags.filter((one) => one !== tag) } : undefined,
      );
    },
  };
}

/** A run as one among those that it is named beside. */
export const amongOthers = (run: Run): NamedRun => ({
  ...run,
  given: run.named ? run.name : undefined,
  engine: engineName(run.device),
});

const FACTS = ["id", "createdAt", "spec", "parent", "stopAt", "trajectory", "device", "named"] as const; // that names and looks follow from

/**
 * Gives the runs of a store the names that set them apart, unless a person named them, and each a look of its own: the one
 * it has, unless an older run has that.
 */
export function createNaming(): (runs: readonly Run[]) => readonly Run[] {
  let known: readonly Run[] = [];
  let words = new Map<string, RunWords>();
  let colours = new Map<string, number>();
  const isKnown = (run: Run, i: number) =>
    FACTS.every((fact) => run[fact] === known[i]![fact]) && (!run.named || run.name === known[i]!.name);
  return (runs) => {
    if (runs.length !== known.length || !runs.every(isKnown)) {
      words = runNames(runs.map(amongOthers));
      colours = coloursOf(runs);
    }
    known = runs.map((run) => {
      const its = { ...words.get(run.id)!, colour: colours.get(run.id)! };
      const same = run.name === its.name && run.subtitle === its.subtitle && run.colour === its.colour;
      return same ? run : { ...run, ...its };
    });
    return known;
  };
}

/** The number of each run's look: its own, or the lowest free one where an older run has that. */
function coloursOf(runs: readonly Run[]): Map<string, number> {
  const colours = new Map<string, number>();
  const taken = new Set<number>();
  const rest: Run[] = [];
  for (const run of [...runs].sort(newestFirst).reverse()) {
    if (taken.has(run.colour)) rest.push(run);
    else colours.set(run.id, run.colour);
    taken.add(run.colour);
  }
  let free = 0;
  for (const run of rest) {
    while (taken.has(free)) free++;
    colours.set(run.id, free++);
  }
  return colours;
}

/** The lowest number of a look that no run here has. */
export function freeColour(runs: readonly Run[]): number {
  const taken = new Set(runs.map(({ colour }) => colour));
  for (let colour = 0; ; colour++) if (!taken.has(colour)) return colour;
}
