// The three states a language can have in a spec (train, held out, off) and bulk changes of them. Pure; checks nothing.
import { groupBy } from "../groupBy.ts";
import { SpecError } from "../inputError.ts";
import type { ExperimentSpec, LanguageWeights } from "../spec/spec.ts";
import { FIELDS } from "../spec/fields.ts";
import { languageName, matchLanguages } from "./sameLanguage.ts";
import { isLowResource, languageInfo, resourceClassText, scriptName } from "./languageInfo.ts";
import { capitalised } from "../capitalised.ts";

export type LanguageState = "train" | "heldOut" | "off";

/** The two fields that together say what each language does. Held out wins where a code is in both. */
export interface LanguageChoice {
  readonly train: LanguageWeights;
  readonly heldOut: readonly string[];
}

export function stateOf({ train, heldOut }: LanguageChoice, lang: string): LanguageState {
  if (heldOut.includes(lang)) return "heldOut";
  return Object.hasOwn(train, lang) ? "train" : "off";
}

/** @returns the choice with `langs` in `state`; a language that stays in training keeps its weight, a new one gets 1 */
export function withState(
  choice: LanguageChoice,
  langs: readonly string[],
  state: LanguageState,
): LanguageChoice {
  const changed = new Set(langs);
  const train = Object.fromEntries(Object.entries(choice.train).filter(([lang]) => !changed.has(lang)));
  const heldOut = choice.heldOut.filter((lang) => !changed.has(lang));
  if (state === "heldOut") return { train, heldOut: [...heldOut, ...changed] };
  if (state === "off") return { train, heldOut };
  const added = Object.fromEntries([...changed].map((lang) => [lang, choice.train[lang] ?? 1]));
  return { train: { ...train, ...added }, heldOut };
}

/** The state that follows when a tile is pressed: off, train, held out, off. */
export function nextState(state: LanguageState): LanguageState {
  return state === "off" ? "train" : state === "train" ? "heldOut" : "off";
}

export type QuickPick = "paper" | "all" | "lowResource" | "lowBesideHigh" | "one";

/**
 * A whole choice at one press, among the languages a dataset has.
 * "paper": the paper's nine, Greek and Vietnamese held out; "all", "lowResource" and "lowBesideHigh" keep what is held out, the
 * last takes as many languages of classes 3 to 5, the highest first, as of classes 0 to 2;
 * "one": English, or the first language, since training needs one.
 */
export function quickPick(
  pick: QuickPick,
  available: readonly string[],
  now: LanguageChoice,
): LanguageChoice {
  const has = (lang: string) => available.includes(lang);
  const weights = (langs: readonly string[]) => Object.fromEntries(langs.map((lang) => [lang, 1]));
  switch (pick) {
    case "paper":
      return {
        train: weights(Object.keys(FIELDS["languages.train"].default).filter(has)),
        heldOut: FIELDS["languages.heldOut"].default.filter(has),
      };
    case "all":
    case "lowResource": {
      const heldOut = now.heldOut.filter(has);
      const wanted = available.filter((lang) => pick === "all" || isLowResource(lang));
      return { train: weights(wanted.filter((lang) => !heldOut.includes(lang))), heldOut };
    }
    case "lowBesideHigh": {
      const heldOut = now.heldOut.filter(has);
      const { low, high } = besides(available.filter((lang) => !heldOut.includes(lang)));
      const n = Math.min(low.length, high.length);
      return { train: weights([...low.slice(0, n), ...high.slice(0, n)]), heldOut };
    }
    case "one":
      return { train: weights(has("en") ? ["en"] : available.slice(0, 1)), heldOut: [] };
  }
}

/** Rated languages of either side, those of the highest class first: the more data, the more they can say. */
function besides(langs: readonly string[]) {
  const classOf = (lang: string) => languageInfo(lang).resourceClass ?? -1;
  const rated = langs.filter((lang) => classOf(lang) >= 0).sort((a, b) => classOf(b) - classOf(a));
  return { low: rated.filter(isLowResource), high: rated.filter((lang) => !isLowResource(lang)) };
}

/** Whether the pick leaves a language to train on. */
export const canPick = (pick: QuickPick, available: readonly string[], now: LanguageChoice): boolean =>
  Object.keys(quickPick(pick, available, now).train).length > 0;

export interface LanguageGroup {
  readonly title: string;
  readonly languages: readonly string[];
}

/** "level": low-resource beside high-resource, which is what a question about resources asks. */
export type LanguageGrouping = "script" | "class" | "level";

type Keyed = readonly [key: string, languages: readonly string[]];
const byKey = ([a]: Keyed, [b]: Keyed) => (a < b ? -1 : 1);
const LEVELS = ["low-resource (classes 0–2)", "high-resource (classes 3–5)"];
const UNRATED = "unrated"; // sorts behind digits

/** Under which key a language stands, in which order keys do, and what is written above them. */
const GROUPINGS: Readonly<
  Record<
    LanguageGrouping,
    {
      readonly keyOf: (lang: string) => string;
      readonly order: (a: Keyed, b: Keyed) => number;
      readonly title: (key: string) => string;
    }
  >
> = {
  script: {
    keyOf: (lang) => languageInfo(lang).script,
    order: (a, b) => b[1].length - a[1].length || byKey(a, b),
    title: scriptName,
  },
  class: {
    keyOf: (lang) => String(languageInfo(lang).resourceClass ?? UNRATED),
    order: byKey,
    title: (key) => resourceClassText(key === UNRATED ? null : (Number(key) as 0)),
  },
  level: {
    keyOf: (lang) => (languageInfo(lang).resourceClass === null ? UNRATED : isLowResource(lang) ? "0" : "1"),
    order: byKey,
    title: (key) => LEVELS[Number(key)] ?? UNRATED,
  },
};

/**
 * Languages under headings: scripts by number of languages, classes from 0 to 5 or low and high ones, then the unrated.
 * Names in English order inside a group.
 */
export function groupLanguages(languages: readonly string[], by: LanguageGrouping): LanguageGroup[] {
  const { keyOf, order, title } = GROUPINGS[by];
  const byName = [...languages].sort((a, b) =>
    languageInfo(a).name.localeCompare(languageInfo(b).name, "en"),
  );
  return [...groupBy(byName, keyOf)].sort(order).map(([key, langs]) => {
    return { title: capitalised(title(key)), languages: langs };
  });
}

/** True where `query` begins a word of the name, is in the autonym, or begins the code. Blank finds all. */
export function matchesLanguage(lang: string, query: string): boolean {
  const wanted = fold(query.trim());
  if (wanted === "") return true;
  const { code, name, autonym } = languageInfo(lang);
  return (
    fold(code).startsWith(wanted) || ` ${fold(name)}`.includes(` ${wanted}`) || fold(autonym).includes(wanted)
  );
}

/** Case and accents out of the way. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Languages of the spec that `available` lacks, sorted. */
export function missingLanguages(spec: ExperimentSpec, available: readonly string[]): string[] {
  const { train, heldOut, eval: evaluated } = spec.languages;
  const chosen = [...new Set([...Object.keys(train), ...heldOut, ...evaluated])];
  const found = matchLanguages(chosen, available);
  return chosen.filter((lang) => !found.has(lang)).sort();
}

/** That a dataset lacks languages which a field asks of it, in one sentence; undefined where it has them all. */
export function lackingLanguages(
  field: string,
  wanted: readonly string[],
  { id, languages }: { readonly id: string; readonly languages: readonly string[] },
): string | undefined {
  const missing = wanted.filter((lang) => !languages.includes(lang));
  if (missing.length === 0) return undefined;
  return `${field}: ${id} has no ${missing.join(", ")}; choose among its languages`;
}

/** The choice by the codes that a dataset has its languages under; those that it lacks keep theirs. */
export function choiceIn({ train, heldOut }: LanguageChoice, available: readonly string[]): LanguageChoice {
  const found = matchLanguages([...new Set([...Object.keys(train), ...heldOut])], available);
  const own = (lang: string) => found.get(lang) ?? lang;
  return {
    train: Object.fromEntries(Object.entries(train).map(([lang, weight]) => [own(lang), weight])),
    heldOut: heldOut.map(own),
  };
}

/** @throws SpecError where a language is held out under one name and trained on under another */
export function checkHeldOut({ languages: { train, heldOut } }: Pick<ExperimentSpec, "languages">): void {
  for (const held of heldOut) {
    const trained = Object.keys(train).find(
      (lang) => lang !== held && languageName(lang) === languageName(held),
    );
    if (trained === undefined || heldOut.includes(trained)) continue;
    throw new SpecError(
      `languages.heldOut: ${held} is trained on as ${trained}, another name of the same language; leave it in one of the two`,
    );
  }
}
