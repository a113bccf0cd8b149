// What a run is called and which colour it has: unlike the others here, unless a person says so. Saves through the keeper.
import { visibleText } from "../../core/visibleText.ts";
import {
  MAX_NOTE_LENGTH,
  MAX_TAG_LENGTH,
  MAX_TAGS,
  shownName,
  type Run,
  type RunLabels,
} from "../run/run.ts";
import type { Labelling, RunsContext } from "./runsState.ts";

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
      runs: runs.map((run) => (labels.has(run.id) ? { ...run, ...labels.get(run.id) } : run)),
    }));
    keeper.relabel(labels);
  };
  return {
    rename(id, name) {
      const trimmed = shownName(name);
      if (trimmed !== "") label([id], () => ({ name: trimmed }));
    },
    toggleStar: (id) => label([id], ({ starred }) => ({ starred: !starred })),
    star: (ids, starred) => label(ids, (run) => (run.starred === starred ? undefined : { starred })),
    setNote(id, text) {
      const note = visibleText(text.trim()).slice(0, MAX_NOTE_LENGTH);
      label([id], (run) => (note === (run.note ?? "") ? undefined : { note }));
    },
    addTag(ids, text) {
      const tag = shownName(text).slice(0, MAX_TAG_LENGTH);
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

/** "Hybrid", then "Hybrid 2", … */
export function freeName(label: string, runs: readonly Run[]): string {
  const taken = new Set(runs.map((run) => run.name));
  for (let i = 2, name = label; ; name = `${label} ${i++}`) if (!taken.has(name)) return name;
}

/** "Hybrid, from step 100"; a branch of that at 150 is "Hybrid, from step 150". */
export const branchName = (label: string, step: number): string =>
  shownName(`${label.replace(/, from step \d+( \d+)?$/, "").slice(0, 50)}, from step ${step}`);

/** The lowest number of a look that no run here has. */
export function freeColour(runs: readonly Run[]): number {
  const taken = new Set(runs.map(({ colour }) => colour));
  for (let colour = 0; ; colour++) if (!taken.has(colour)) return colour;
}
