// What runs are called: their mix, then what sets them apart from the others of that mix. Stores nothing.
import { countsOf, groupBy } from "../groupBy.ts";
import { FACETS, facetKeys, type NamedCourse } from "./facets.ts";

export interface NamedRun extends NamedCourse {
  readonly id: string;
  readonly createdAt: number; // of two runs that nothing sets apart the later one is numbered
  readonly given?: string | undefined; // a person's name for it, which stands
}

export interface RunWords {
  readonly name: string; // of no other run among them, unless a person gave two the same
  readonly subtitle: string;
}

const MOST_FACTS = 4; // of a subtitle
const indexOf = (name: string) => FACETS.findIndex((facet) => facet.name === name);
/** Facts of which a subtitle says some where nothing else sets a run apart. */
const STANDING = ["engine", "languages.train", "encoder.id", "seed"].map(indexOf);
/** Said beside a run's state, wherever that stands. */
const STEPS = indexOf("steps");

interface Item {
  readonly run: NamedRun;
  readonly keys: readonly string[];
  readonly said: Map<number, string>; // facets in its name, in words
}

/**
 * Names and subtitles by id. A name begins with the mix; facet by facet it says what differs among the runs whose names are
 * alike so far, and ends as soon as there is one. The subtitle says what else it has that most have not. Both depend on the set of
 * runs, never on its order; work grows with the number of runs.
 */
export function runNames(runs: readonly NamedRun[]): Map<string, RunWords> {
  const items = runs.map((run): Item => ({ run, keys: facetKeys(run), said: new Map() }));
  const keysOf = FACETS.map((_, facet) => countsOf(items.map(({ keys }) => keys[facet]!)));
  const differing = keysOf.map((counts) => counts.size > 1);
  let groups: readonly (readonly Item[])[] = [items];
  FACETS.forEach((_, facet) => {
    if (facet > 0 && !differing[facet]) return;
    groups = groups.flatMap((group) => (facet > 0 && group.length === 1 ? [group] : parted(group, facet)));
  });
  const usual = keysOf.map((counts) => [...counts].find(([, count]) => 2 * count > runs.length)?.[0]);
  return finished(items, usual);
}

/** The runs of a group that are alike in a facet, after their names have said it where it sets them apart. */
function parted(group: readonly Item[], facet: number): Item[][] {
  const all = [...groupBy(group, ({ keys }) => keys[facet]!).values()];
  if (all.length < 2 && facet > 0) return all;
  const texts = textsOf(all, facet);
  all.forEach((part, i) => {
    for (const { said, keys } of part) if (keys[facet] !== "") said.set(facet, texts[i]!);
  });
  return all;
}

const MOST_ENTRIES = 3;

/** One text for each part: of lists that only count alike, what the others do not all have. */
function textsOf(parts: readonly (readonly Item[])[], facet: number): string[] {
  const { text, list } = FACETS[facet]!;
  const texts = parts.map(([first]) => text(first!.run));
  if (!list || new Set(texts).size === texts.length) return texts;
  const lists = parts.map(([first]) => list(first!.run));
  const uses = countsOf(lists.flat());
  return texts.map((own, i) => {
    const special = lists[i]!.filter((entry) => uses.get(entry)! < lists.length);
    if (special.length === 0) return own;
    const more = special.length > MOST_ENTRIES ? ", …" : "";
    return `${own} with ${special.slice(0, MOST_ENTRIES).join(", ")}${more}`;
  });
}

const wordsOf = (facets: readonly number[], run: NamedRun) =>
  facets.map((facet) => FACETS[facet]!.text(run)).join(", ");

/** @param usual the key that most runs have, by facet */
function finished(items: readonly Item[], usual: readonly (string | undefined)[]): Map<string, RunWords> {
  const free = freeNames(items.flatMap(({ run }) => run.given ?? []));
  const byAge = [...items].sort(
    ({ run: a }, { run: b }) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  return new Map(
    byAge.map(({ run, keys, said }) => {
      const own = [...said.values()].join(", ");
      const unsaid = FACETS.map((_, facet) => facet).filter(
        (facet) => keys[facet] !== "" && !said.has(facet),
      );
      const facts = unsaid.filter((facet) => keys[facet] !== usual[facet] && facet !== STEPS);
      const standing = STANDING.filter((facet) => unsaid.includes(facet) && !facts.includes(facet));
      const shown = wordsOf([...facts, ...standing].slice(0, MOST_FACTS), run);
      const subtitle = facts.length > MOST_FACTS ? `${shown}, and ${facts.length - MOST_FACTS} more` : shown;
      return [
        run.id,
        run.given === undefined
          ? { name: free(own), subtitle }
          : { name: run.given, subtitle: `${own}; ${subtitle}` },
      ];
    }),
  );
}

/** "Hybrid", then "Hybrid (2)", … */
function freeNames(given: readonly string[]): (name: string) => string {
  const taken = new Set(given);
  const uses = new Map<string, number>();
  return (name) => {
    let free = name;
    for (let n = uses.get(name) ?? 1; taken.has(free);) {
      free = `${name} (${++n})`;
      uses.set(name, n);
    }
    taken.add(free);
    return free;
  };
}
